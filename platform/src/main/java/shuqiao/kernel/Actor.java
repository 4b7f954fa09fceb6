package shuqiao.kernel;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, passed to every door: a person or a program, for one organization, with roles.
 *
 * @param subject user name or client id, unique over both
 * @param name what others are shown
 * @param organization unified social credit code of the organization acted for; null only for the
 *     administrators of a platform that has no organization yet, and for the platform itself
 * @param absent the reviewer for whom the actor holds {@link Role#REVIEWER}; null when no role is
 *     held for somebody else
 * @param hands all subjects that are the same hand: a person and the programs whose secrets that
 *     person holds, and of a substitute those of the absent one
 */
public record Actor(
        Kind kind,
        String subject,
        String name,
        @Nullable String organization,
        Set<Role> roles,
        @Nullable Absent absent,
        Set<String> hands) {

    /** A reviewer who is away, and whose department's signature another one gives (代办). */
    public record Absent(String subject, String name) {}

    /** Request attribute under which the actor of a request is kept. */
    public static final String ATTRIBUTE = "shuqiao.actor";

    /** Acts without anybody's hand: clocks, workers, the first start. */
    public static final Actor PLATFORM =
            new Actor(Kind.PLATFORM, "platform", "平台", null, EnumSet.noneOf(Role.class));

    /** A person logs in, a program brings a token, the platform works by itself. */
    public enum Kind {
        PERSON,
        PROGRAM,
        PLATFORM
    }

    public Actor {
        roles = roles.isEmpty() ? Set.of() : Set.copyOf(roles);
        hands = Set.copyOf(hands);
    }

    /** With no hand but the own. */
    public Actor(
            Kind kind,
            String subject,
            String name,
            @Nullable String organization,
            Set<Role> roles,
            @Nullable Absent absent) {
        this(kind, subject, name, organization, roles, absent, Set.of());
    }

    /** The same actor with these hands. */
    public Actor withHands(Set<String> others) {
        return new Actor(kind, subject, name, organization, roles, absent, others);
    }

    /** Acts for nobody but the organization. */
    public Actor(
            Kind kind,
            String subject,
            String name,
            @Nullable String organization,
            Set<Role> roles) {
        this(kind, subject, name, organization, roles, null);
    }

    /** The actor as it signs for its department: a substitute is named as one. */
    public Actor signing() {
        return absent == null
                ? this
                : new Actor(
                        kind,
                        subject,
                        name + "（代" + absent.name() + "）",
                        organization,
                        roles,
                        absent,
                        hands);
    }

    /**
     * Whether this is who wrote something, signs for who did, or holds the secret of the program
     * that did: in no such case is it a second pair of eyes.
     */
    public boolean isHandOf(String writer) {
        return kind != Kind.PLATFORM
                && (subject.equals(writer)
                        || hands.contains(writer)
                        || (absent != null && absent.subject().equals(writer)));
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public boolean belongsTo(String creditCode) {
        return creditCode.equals(organization);
    }

    /** Refuses with 403 unless the actor has one of the roles. */
    public void require(Role... anyOf) {
        for (var role : anyOf) {
            if (roles.contains(role)) return;
        }
        throw NotAllowed.needs(anyOf);
    }

    /** Refuses with 403 unless the actor acts for this organization. */
    public void requireOrganization(String creditCode) {
        if (!belongsTo(creditCode)) throw NotAllowed.otherOrganization();
    }

    /** The organization acted for; refuses with 403 when there is none. */
    public String requiredOrganization() {
        if (organization == null) throw NotAllowed.noOrganization();
        return organization;
    }
}
