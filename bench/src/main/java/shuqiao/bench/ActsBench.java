package shuqiao.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two acts on which most follows, each one call over REST: a publication, and a request that is
 * granted as it is sent, for which the provider's live table is asked, too. Baselines in the same
 * run, taking turns: the style sheet of the same server, and one row inserted and committed in the
 * platform's own database.
 */
final class ActsBench implements AutoCloseable {

    private static final int WARM_UP = 30;

    private final RunningPlatform platform;
    private final TwoDepartments city;
    private final Turns turns = new Turns();

    ActsBench(Path jar) throws Exception {
        System.err.println("starting a platform of its own");
        platform = RunningPlatform.start(jar);
        city = new TwoDepartments(platform);
    }

    String run(int rounds) throws Exception {
        city.provider().run("create table act (id bigint primary key, name text not null)");
        var guest = Reader.guest(platform);
        var sheet = Reader.styleSheet(platform);
        var acts = new Acts();
        try (var database = platform.database();
                var statement = database.createStatement()) {
            statement.execute("create table public.bench_act (id bigserial primary key, at text)");
            turns.add("static file", sheet, _ -> guest.read(sheet));
            turns.add(
                    "SQL: one row, commit",
                    "",
                    _ -> statement.executeUpdate("insert into public.bench_act (at) values ('')"));
            acts.prepare();
            turns.add("publication", "/resources/…/publication", _ -> acts.publish());
            turns.add("request and grant", "/requests/…/sending", _ -> acts.send());
            System.err.println("warming up");
            for (int i = 0; i < WARM_UP; i++) once(acts);
            System.err.println("measuring");
            for (int i = 0; i < rounds; i++) {
                acts.prepare();
                for (var it : turns.subjects()) it.alone().add(Turns.timed(it, 0));
            }
        }
        return turns.table();
    }

    private void once(Acts acts) throws Exception {
        acts.prepare();
        for (var it : turns.subjects()) it.work().once(0);
    }

    /** What is published and asked for next; made ready outside the measured time. */
    private final class Acts {

        private long approved;
        private long published;
        private long request;
        private int number;

        /** The request is for what was published the time before. */
        void prepare() throws Exception {
            if (approved == 0) city.publish(published = city.approved("act", "act 0"));
            else published = approved;
            approved = city.approved("act", "act " + ++number);
            request = city.ask(published, Map.of());
        }

        int publish() throws Exception {
            city.publish(approved);
            return 0;
        }

        int send() throws Exception {
            city.send(request);
            return 0;
        }
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("bench", "acts");
        all.put("machine", Outcome.machine());
        all.put("repetitions", turns.subjects().getFirst().alone().size());
        all.put("subjects", turns.json());
        return Outcome.print(all);
    }

    @Override
    public void close() throws Exception {
        platform.close();
    }
}
