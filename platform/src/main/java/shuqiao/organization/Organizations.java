package shuqiao.organization;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import shuqiao.standard.CreditCode;
import shuqiao.standard.DivisionCode;

/** The organizations of the city. Kept by the system administrator, read by everybody signed in. */
@Door
public class Organizations {

    private static final int NAME_MAX = 128;
    private static final int ALL_MAX = 5_000;

    /** What a form or a program says of an organization, not yet checked. */
    public record Entry(
            @Nullable String code,
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String nameEn,
            @Nullable String division,
            Organization.@Nullable Level level,
            @Nullable String parent,
            boolean authority,
            boolean closed) {}

    private final OrganizationTable table;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Organizations(OrganizationTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public Organization add(Actor actor, Entry entry) {
        requireAdministrator(actor);
        var organization = checked(entry, entry.code());
        if (table.find(organization.code().value()).isPresent())
            throw new Conflict("organization:exists", Map.of("code", organization.code().value()));
        table.insert(organization, clock.instant());
        events.publishEvent(
                new OrganizationAdded(organization.code().value(), actor, clock.instant()));
        return organization;
    }

    @Transactional
    public Organization change(Actor actor, String code, Entry entry) {
        requireAdministrator(actor);
        find(actor, code);
        var organization = checked(entry, code);
        for (var above = organization.parent(); above != null; ) {
            if (above.equals(organization.code()))
                throw Invalid.field("parent", "organization.parent-below");
            above = table.find(above.value()).map(Organization::parent).orElse(null);
        }
        table.update(organization);
        events.publishEvent(
                new OrganizationChanged(code, organization.closed(), actor, clock.instant()));
        return organization;
    }

    public Organization find(Actor actor, String code) {
        return table.find(code).orElseThrow(() -> new Unknown("organization", code));
    }

    public Page<Organization> search(Actor actor, String words, Page.Request page) {
        return table.search(words.strip(), page);
    }

    /** All of them, in order of entry, for trees and choices; at most 5,000. */
    public List<Organization> all(Actor actor) {
        return table.all(ALL_MAX);
    }

    @Trusted("rooms above check an id by it; it tells nothing that is not public among departments")
    public Optional<Organization> find(String code) {
        return table.find(code);
    }

    @Trusted("rooms above route work to the data authority by it")
    public List<Organization> authorities() {
        return table.authorities();
    }

    private static void requireAdministrator(Actor actor) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.SYSTEM_ADMIN);
    }

    private Organization checked(Entry entry, @Nullable String codeText) {
        var faults = new Invalid.Faults();
        var code = faults.code("code", () -> new CreditCode(faults.text("code", codeText, 18)));
        var name = faults.text("name", entry.name(), NAME_MAX);
        var shortName = faults.optionalText("shortName", entry.shortName(), NAME_MAX);
        var nameEn = faults.optionalText("nameEn", entry.nameEn(), 200);
        var division =
                faults.code(
                        "division",
                        () -> new DivisionCode(faults.text("division", entry.division(), 6)));
        if (entry.level() == null) faults.add("level", "required");
        var parentText = faults.optionalText("parent", entry.parent(), 18);
        var parent =
                parentText.isEmpty()
                        ? null
                        : faults.code("parent", () -> new CreditCode(parentText));
        if (parent != null && table.find(parent.value()).isEmpty())
            faults.add("parent", "organization.unknown", Map.of("code", parent.value()));
        if (code != null
                && table.named(name).filter(other -> !other.code().equals(code)).isPresent())
            faults.add("name", "organization.name-taken", Map.of("name", name));
        if (code != null
                && division != null
                && entry.authority()
                && table.authorityOf(division.value(), code.value()))
            faults.add("authority", "organization.one-authority");
        faults.refuseIfAny();
        return new Organization(
                java.util.Objects.requireNonNull(code),
                name,
                shortName.isEmpty() ? name : shortName,
                nameEn,
                java.util.Objects.requireNonNull(division),
                java.util.Objects.requireNonNull(entry.level()),
                parent,
                entry.authority(),
                entry.closed());
    }
}
