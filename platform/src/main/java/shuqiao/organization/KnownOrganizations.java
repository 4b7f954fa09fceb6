package shuqiao.organization;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.PerRequest;

/**
 * Organizations as this process read them, for pages that name many: a page asks once which edition
 * of them is true now, and what was read at that one is true still. Whoever changes one makes a new
 * edition in the same transaction, so nobody sees an old name after the change, on whichever
 * platform; and in one that changed something, its own edition is seen by nobody else.
 */
@Component
class KnownOrganizations {

    /** So many are read one by one; then all at once, so that a page asks for no more than that. */
    static final int ALONE = 8;

    private static final int ALL_MAX = 5_000;

    /** What is known of one edition. */
    private static final class Edition {
        final long number;
        final Map<String, Organization> all = new ConcurrentHashMap<>();
        final AtomicInteger missed = new AtomicInteger();
        volatile @Nullable List<Organization> authorities;

        Edition(long number) {
            this.number = number;
        }
    }

    private final OrganizationTable table;
    private final PerRequest<String, Edition> now = new PerRequest<>("organizations");
    private volatile Edition last = new Edition(-1);

    KnownOrganizations(OrganizationTable table) {
        this.table = table;
    }

    Optional<Organization> find(String code) {
        if (!PerRequest.isInRequest()) return table.find(code);
        var edition = edition();
        var known = edition.all.get(code);
        if (known != null) return Optional.of(known);
        if (edition.missed.incrementAndGet() == ALONE)
            for (var it : table.all(ALL_MAX)) edition.all.putIfAbsent(it.code().value(), it);
        var found = Optional.ofNullable(edition.all.get(code)).or(() -> table.find(code));
        found.ifPresent(it -> edition.all.putIfAbsent(code, it));
        return found;
    }

    List<Organization> authorities() {
        if (!PerRequest.isInRequest()) return table.authorities();
        var edition = edition();
        var known = edition.authorities;
        if (known == null) edition.authorities = known = table.authorities();
        return known;
    }

    /** The request that changed something asks anew. */
    void changed() {
        now.forget();
    }

    private Edition edition() {
        return now.get("", _ -> current());
    }

    private Edition current() {
        var number = table.edition();
        var kept = last;
        if (kept.number == number) return kept;
        var fresh = new Edition(number);
        last = fresh;
        return fresh;
    }
}
