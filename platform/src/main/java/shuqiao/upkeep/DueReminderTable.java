package shuqiao.upkeep;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DueReminderTable {

    private final JdbcClient db;

    DueReminderTable(JdbcClient db) {
        this.db = db;
    }

    /** Writes down what is to be said and returns the resources of which it was not said before. */
    Set<Long> say(Collection<Told> all, Instant at) {
        return new HashSet<>(
                db.sql(
                                """
                                insert into upkeep.reminder (resource, due, week, told_at)
                                select resource, due, week, :at
                                from unnest(cast(:resources as bigint[]), cast(:dues as date[]), cast(:weeks as integer[]))
                                    as told (resource, due, week)
                                on conflict do nothing returning resource
                                """)
                        .param("resources", array(all, Told::resource))
                        .param("dues", array(all, Told::due))
                        .param("weeks", array(all, Told::week))
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .query((rs, _) -> rs.getLong("resource"))
                        .list());
    }

    /**
     * @param week how many whole weeks after the day it was due
     */
    record Told(long resource, LocalDate due, int week) {}

    private static String array(Collection<Told> all, Function<Told, Object> part) {
        return all.stream()
                .map(it -> part.apply(it).toString())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
