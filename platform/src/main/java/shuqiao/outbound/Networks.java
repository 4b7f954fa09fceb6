package shuqiao.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.organization.Organizations;
import shuqiao.outbound.OutboundEvent.NetworkAllowed;
import shuqiao.outbound.OutboundEvent.NetworkTakenAway;

/**
 * 允许连接的网络: which addresses the platform dials for whom. What is in no network of the list is
 * refused; some addresses are dialled never, whatever the list says.
 */
@Door
public class Networks {

    /** Holder of what every organization and the platform itself may dial. */
    public static final String EVERYBODY = "everybody";

    /** Holder of what the platform dials for itself: the mail server. */
    public static final String PLATFORM = "platform";

    static final int RULES_MAX = 1_000;

    /** The ranges of machines that are one's own: loopback and private (RFC 1918, RFC 4193). */
    private static final List<String> PRIVATE =
            List.of(
                    "127.0.0.0/8",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "::1/128",
                    "fc00::/7");

    private static final Pattern PORTS =
            Pattern.compile("([0-9]{1,5})(?:\\s*[-–]\\s*([0-9]{1,5}))?");
    private static final int NOTE_MAX = 200;

    /**
     * A network as a form or a program names it.
     *
     * @param holder everybody when left out
     * @param ports {@code 5432} or {@code 5432-5440}; every port when left out
     */
    public record NetworkEntry(
            @Nullable String holder,
            @Nullable String network,
            @Nullable String ports,
            @Nullable String note) {}

    private final NetworkTable table;
    private final Resolver resolver;
    private final Organizations organizations;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Networks(
            NetworkTable table,
            Resolver resolver,
            Organizations organizations,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.resolver = resolver;
        this.organizations = organizations;
        this.events = events;
        this.clock = clock;
    }

    Page<NetworkRule> list(Actor actor, Page.Request page) {
        actor.require(Role.SYSTEM_ADMIN);
        return table.list(page);
    }

    /** Lets a network be dialled from now on. */
    @Transactional
    public void allow(Actor actor, NetworkEntry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var faults = new Invalid.Faults();
        var holder = holder(faults, entry.holder());
        var written = faults.text("network", entry.network(), 60);
        Network network = null;
        if (!written.isEmpty())
            try {
                network = Network.parse(written);
            } catch (Invalid wrong) {
                wrong.faults().forEach(it -> faults.add(it.field(), it.key(), it.facts()));
            }
        var ports = ports(faults, entry.ports());
        var note = faults.optionalText("note", entry.note(), NOTE_MAX);
        faults.refuseIfAny();
        if (table.count() >= RULES_MAX)
            throw new Conflict("outbound:too-many", Map.of("max", RULES_MAX));
        add(actor, holder, java.util.Objects.requireNonNull(network), ports[0], ports[1], note);
    }

    /** Takes a network away: what lies in it is refused from the next connection on. */
    @Transactional
    public void takeAway(Actor actor, long id) {
        actor.require(Role.SYSTEM_ADMIN);
        var rule = table.delete(id).orElseThrow(() -> new Unknown("network", id));
        events.publishEvent(
                new NetworkTakenAway(
                        rule.holder(),
                        rule.network().text(),
                        rule.ports(),
                        actor,
                        clock.instant()));
    }

    /**
     * The addresses of a host that may be dialled for somebody, in the order to try them; none when
     * it lies outside. The name is resolved once, so what is returned is what is to be dialled.
     *
     * @param asBefore for an address from before the policy that nobody decided on yet
     * @throws UnknownHostException when the host has no address
     */
    @Trusted("rooms ask it before each connection; it opens none")
    public List<InetAddress> reach(String holder, String host, int port, boolean asBefore)
            throws UnknownHostException {
        var addresses = resolver.resolve(host).stream().filter(it -> !Addresses.never(it)).toList();
        if (asBefore || addresses.isEmpty()) return addresses;
        var rules = table.of(holder);
        return addresses.stream()
                .filter(address -> rules.stream().anyMatch(it -> it.allows(address, port)))
                .toList();
    }

    /** Whether something of a host may be dialled; a name without an address is outside. */
    @Trusted("rooms ask it before they keep an address")
    public boolean inside(String holder, String host, int port) {
        try {
            return !reach(holder, host, port, false).isEmpty();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /**
     * What is allowed from the beginning; asked once in the life of a home, later calls change
     * nothing.
     */
    @Trusted("the first start decides it")
    @Transactional
    public void begin(boolean privateNetworks) {
        if (!table.begin() || !privateNetworks) return;
        for (var network : PRIVATE)
            add(Actor.PLATFORM, EVERYBODY, Network.parse(network), 1, NetworkRule.PORT_MAX, "");
    }

    @Trusted("the first-steps page shows whether it is done")
    public boolean any() {
        return table.count() > 0;
    }

    /** One address for good, as was decided; part of the caller's transaction. */
    void allowOne(Actor actor, String holder, InetAddress address, int port, String note) {
        var bits = address.getAddress().length * 8;
        var bare = Addresses.of(address.getAddress());
        add(actor, holder, new Network(bare, bits), port, port, note);
    }

    private void add(
            Actor actor, String holder, Network network, int first, int last, String note) {
        var now = clock.instant();
        var rule = new NetworkRule(0, holder, network, first, last, note, actor.subject(), now);
        if (table.insert(rule))
            events.publishEvent(
                    new NetworkAllowed(holder, network.text(), rule.ports(), actor, now));
    }

    private String holder(Invalid.Faults faults, @Nullable String text) {
        if (text == null || text.isBlank() || text.equals(EVERYBODY)) return EVERYBODY;
        if (text.equals(PLATFORM)) return PLATFORM;
        var code = text.strip();
        if (organizations.find(code).isEmpty()) faults.add("holder", "outbound.holder");
        return code;
    }

    private static int[] ports(Invalid.Faults faults, @Nullable String text) {
        var every = new int[] {1, NetworkRule.PORT_MAX};
        if (text == null || text.isBlank()) return every;
        var parts = PORTS.matcher(text.strip());
        if (!parts.matches()) {
            faults.add("ports", "outbound.ports");
            return every;
        }
        var first = Integer.parseInt(parts.group(1));
        var last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
        if (first < 1 || last < first || last > NetworkRule.PORT_MAX)
            faults.add("ports", "outbound.ports");
        return new int[] {first, last};
    }
}
