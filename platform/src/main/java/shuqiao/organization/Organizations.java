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
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.organization.OrganizationEvent.OrganizationAdded;
import shuqiao.organization.OrganizationEvent.OrganizationChanged;

/** The organizations of the city. Kept by the system administrator, read by everybody signed in. */
@Door
public class Organizations {

    private static final int ALL_MAX = 5_000;

    /**
     * What a form or a program says of an organization, not yet checked.
     *
     * @param codeReason why a code whose check character is wrong stands on the certificate all the
     *     same; by it the administrator answers for the code
     */
    public record Entry(
            @Nullable String code,
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String nameEn,
            @Nullable String division,
            Organization.@Nullable Level level,
            @Nullable String parent,
            boolean authority,
            boolean closed,
            @Nullable String codeReason) {

        static Entry of(Organization it) {
            var parent = it.parent();
            return new Entry(
                    it.code().value(),
                    it.name(),
                    it.shortName(),
                    it.nameEn(),
                    it.division().value(),
                    it.level(),
                    parent == null ? null : parent.value(),
                    it.authority(),
                    it.closed(),
                    it.codeReason());
        }

        Entry withClosed(boolean now) {
            return new Entry(
                    code,
                    name,
                    shortName,
                    nameEn,
                    division,
                    level,
                    parent,
                    authority,
                    now,
                    codeReason);
        }
    }

    private final OrganizationTable table;
    private final KnownOrganizations known;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Organizations(
            OrganizationTable table,
            KnownOrganizations known,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.known = known;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public Organization add(Actor actor, Entry entry) {
        requireAdministrator(actor);
        var organization = OrganizationRules.checked(entry, entry.code(), table);
        if (table.find(organization.code().value()).isPresent())
            throw new Conflict("organization:exists", Map.of("code", organization.code().value()));
        table.insert(organization, clock.instant());
        known.changed();
        events.publishEvent(
                new OrganizationAdded(
                        organization.code().value(),
                        organization.codeReason(),
                        actor,
                        clock.instant()));
        return organization;
    }

    @Transactional
    public Organization change(Actor actor, String code, Entry entry) {
        requireAdministrator(actor);
        find(actor, code);
        var organization = OrganizationRules.checked(entry, code, table);
        OrganizationRules.noCircle(organization, table);
        table.update(organization);
        known.changed();
        events.publishEvent(
                new OrganizationChanged(code, organization.closed(), actor, clock.instant()));
        return organization;
    }

    public Organization find(Actor actor, String code) {
        return table.find(code).orElseThrow(() -> new Unknown("organization", code));
    }

    public Page<Organization> search(
            Actor actor, String words, Organization.@Nullable Level level, Page.Request page) {
        return table.search(words.strip(), level, page);
    }

    /** All of them, in order of entry, for trees and choices; at most 5,000. */
    public List<Organization> all(Actor actor) {
        return table.all(ALL_MAX);
    }

    @Trusted("rooms above check an id by it; it tells nothing that is not public among departments")
    public Optional<Organization> find(String code) {
        return known.find(code);
    }

    @Trusted("rooms above route work to the data authority by it")
    public List<Organization> authorities() {
        return known.authorities();
    }

    private static void requireAdministrator(Actor actor) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.SYSTEM_ADMIN);
    }
}
