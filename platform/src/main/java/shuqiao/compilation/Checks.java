package shuqiao.compilation;

import jakarta.annotation.PreDestroy;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Refusal;
import shuqiao.workbook.Upload;
import shuqiao.workbook.Workbook;

/**
 * Trials and imports in the background, one after the other, so that their memory is that of one
 * workbook. A page may close meanwhile. After a restart, or when memory was short, a trial is made
 * again from the file that is kept; an import is in the database or not. Of several platforms one
 * is at a batch at a time; the others show how far it is.
 */
@Component
class Checks {

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);
    private static final int WAITING_MAX = 50;
    private static final int KEPT_MAX = 40;

    /** What a trial came to. */
    record Outcome(Upload upload, Workbook book, Plan plan, Duration took) {}

    enum Work {
        CHECK,
        IMPORT
    }

    /** A piece of work, and what it came to. */
    static final class Job {
        final Work work;
        final Progress progress = new Progress();
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean begun;
        private volatile SoftReference<Outcome> outcome = new SoftReference<>(null);
        private volatile @Nullable Refusal refusal;
        private volatile boolean failed;

        Job(Work work) {
            this.work = work;
        }

        /** What another platform is at: seen as it is now, and never over here. */
        static Job elsewhere(WorkTable.At at) {
            var job = new Job(at.kind());
            job.begun = true;
            job.progress.begin(100);
            job.progress.at(at.percent());
            return job;
        }

        boolean isOver() {
            return over.getCount() == 0;
        }

        boolean hasBegun() {
            return begun;
        }

        @Nullable Outcome outcome() {
            return outcome.get();
        }

        @Nullable Refusal refusal() {
            return refusal;
        }

        /** By a bug of ours; the log says more. */
        boolean hasFailed() {
            return failed;
        }

        /** Small workbooks are through before anybody looks. */
        void await(Duration most) {
            try {
                var _ = over.await(most.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final CatalogImport imports;
    private final WorkTable work;
    private final InstantSource clock;

    /** Of this process, among the platforms of one database. */
    private final String platform = UUID.randomUUID().toString();

    /** Those looked at longest ago first. */
    private final Map<String, Job> jobs = new LinkedHashMap<>(16, 0.75f, true);

    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING_MAX),
                    Thread.ofPlatform().name("compilation").daemon().factory());

    Checks(CatalogImport imports, WorkTable work, InstantSource clock) {
        this.imports = imports;
        this.work = work;
        this.clock = clock;
    }

    /** The work on a batch; begins a trial when there is none or its outcome is lost. */
    Job of(Actor actor, String id) {
        synchronized (jobs) {
            var job = jobs.get(id);
            if (job != null && !isLost(job)) return job;
        }
        var elsewhere = work.elsewhere(id, platform, clock.instant());
        return elsewhere.isPresent() ? Job.elsewhere(elsewhere.get()) : check(actor, id);
    }

    private static boolean isLost(Job job) {
        return job.isOver()
                && job.work == Work.CHECK
                && job.outcome() == null
                && job.refusal() == null
                && !job.hasFailed();
    }

    /** Tries the workbook again, with what was said of its columns. */
    Job check(Actor actor, String id) {
        return start(
                id,
                Work.CHECK,
                job -> {
                    var from = System.nanoTime();
                    var opened = imports.open(actor, id);
                    var book = opened.book();
                    var plan = imports.check(actor, book, job.progress);
                    job.outcome =
                            new SoftReference<>(
                                    new Outcome(
                                            opened.upload(),
                                            book,
                                            plan,
                                            Duration.ofNanos(System.nanoTime() - from)));
                });
    }

    Job run(Actor actor, String id, boolean onlyIfAll, CatalogImport.Known known) {
        return start(
                id, Work.IMPORT, job -> imports.run(actor, id, onlyIfAll, known, job.progress));
    }

    private interface Piece {
        void work(Job job);
    }

    private Job start(String id, Work kind, Piece piece) {
        var job = new Job(kind);
        synchronized (jobs) {
            var before = jobs.get(id);
            if (before != null && !before.isOver()) return before;
            if (!work.begin(id, kind, platform, clock.instant()))
                throw new Conflict("compilation:elsewhere");
            jobs.put(id, job);
            tidy(KEPT_MAX);
        }
        try {
            worker.execute(() -> {
                job.begun = true;
                try {
                    piece.work(job);
                } catch (Refusal refused) {
                    job.refusal = refused;
                } catch (RuntimeException | Error bug) {
                    LOG.error("work on batch {} failed", id, bug);
                    job.failed = true;
                } finally {
                    end(id);
                    job.over.countDown();
                }
            });
        } catch (RejectedExecutionException _) {
            forget(id);
            end(id);
            throw new Conflict("compilation:busy", Map.of("most", WAITING_MAX));
        }
        return job;
    }

    /** Only what is over is forgotten, and made again when somebody looks. */
    void tidy(int kept) {
        synchronized (jobs) {
            int over = jobs.size() - kept;
            for (var it = jobs.values().iterator(); over > 0 && it.hasNext(); )
                if (it.next().isOver()) {
                    it.remove();
                    over--;
                }
        }
    }

    private void end(String id) {
        try {
            work.end(id, platform);
        } catch (RuntimeException away) {
            LOG.warn(
                    "batch {}: the others will learn of its end in a while: {}",
                    id,
                    away.toString());
        }
    }

    /** A sign of life for the other platforms. */
    void showProgress() {
        Map<String, Job> all;
        synchronized (jobs) {
            all = new HashMap<>(jobs);
        }
        var now = clock.instant();
        all.forEach((id, job) -> {
            if (!job.isOver()) work.seen(id, platform, job.progress.percent(), now);
        });
    }

    /** The next look makes a new trial. */
    void forget(String id) {
        synchronized (jobs) {
            jobs.remove(id);
        }
    }

    @PreDestroy
    void stop() {
        worker.shutdownNow();
    }
}
