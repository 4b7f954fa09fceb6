package shuqiao.sharing;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.sharing.RequestEvent.ProfileAdded;
import shuqiao.sharing.RequestEvent.ProfileChosen;

/**
 * The legal profiles and the one in force. A version is never changed; a request stays under the
 * one it was sent under.
 */
@Door
public class Profiles {

    private final ProfileTable table;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Map<Long, Profile> versions = new ConcurrentHashMap<>();

    Profiles(ProfileTable table, ApplicationEventPublisher events, InstantSource clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    /** All versions of all profiles, newest first. */
    public List<Profile> all(Actor actor) {
        return table.all();
    }

    /** The profile in force; refused with a sentence while none is chosen. */
    public Profile inForce(Actor actor) {
        return required();
    }

    /** Puts the newest version of a profile in force. */
    @Transactional
    public Profile choose(Actor actor, String code) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.SYSTEM_ADMIN);
        var profile = table.newest(code).orElseThrow(() -> new Unknown("legal-profile", code));
        table.choose(profile.id(), actor.subject(), clock.instant());
        events.publishEvent(
                new ProfileChosen(profile.code(), profile.version(), actor, clock.instant()));
        return profile;
    }

    /** Writes a new profile, or the next version of one; it holds when it is chosen. */
    @Transactional
    public Profile add(Actor actor, ProfileEntry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var profile = table.insert(entry.checked(), actor.subject(), clock.instant());
        events.publishEvent(
                new ProfileAdded(profile.code(), profile.version(), actor, clock.instant()));
        return profile;
    }

    @Trusted("the demo city and the first start choose what no administrator has chosen yet")
    @Transactional
    public void adopt(String code) {
        if (table.chosen().isEmpty()) choose(Actor.PLATFORM, code);
    }

    @Trusted("which rules hold is public among departments; first steps ask whether any do")
    public Optional<Profile> inForce() {
        return table.chosen();
    }

    Profile required() {
        return table.chosen().orElseThrow(() -> new Conflict("sharing:no-profile"));
    }

    /** One version; it never changes, so it is read once. */
    Profile of(long id) {
        return versions.computeIfAbsent(id, it -> table.find(it).orElseThrow());
    }
}
