package shuqiao.compilation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Refusal;
import shuqiao.workbook.Uploads;

/** Work on a batch is neither lost nor done for somebody who may not any more. */
class CheckKeepingTests extends ImportGround {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Autowired DataSource database;
    @Autowired JdbcClient db;
    @Autowired WorkTable work;
    @Autowired Uploads uploads;

    private interface Meanwhile {
        void act() throws SQLException;
    }

    /** While it runs, no batch can be read: the one worker stands still. */
    private void whileTheWorkerStandsStill(Meanwhile meanwhile) throws SQLException {
        try (var line = database.getConnection()) {
            line.setAutoCommit(false);
            try (var statement = line.createStatement()) {
                statement.execute("lock table workbook.upload in access exclusive mode");
            }
            try {
                meanwhile.act();
            } finally {
                line.rollback();
            }
        }
    }

    @Test
    void a_job_that_waits_is_not_put_out_by_those_that_come_after() throws SQLException {
        var first = batch(upload(book(entry("低保对象信息"))));
        var others = new ArrayList<String>();
        for (int i = 0; i < 3; i++) others.add(batch(upload(book(entry("低保对象信息")))));
        var jobs = new HashMap<String, Checks.Job>();

        whileTheWorkerStandsStill(() -> {
            checks.forget(first);
            jobs.put(first, checks.check(actor, first));
            for (var other : others) {
                checks.forget(other);
                jobs.put(other, checks.check(actor, other));
            }
            // what is over makes room for what is not
            checks.tidy(0);
            jobs.forEach((id, job) -> assertThat(checks.of(actor, id)).isSameAs(job));
        });

        jobs.values()
                .forEach(job -> {
                    job.await(LONG);
                    assertThat(job.outcome()).isNotNull();
                });
    }

    @Test
    void who_has_lost_the_role_meanwhile_imports_nothing() throws SQLException {
        var id = batch(upload(book(entry("低保对象信息"))));
        var jobs = new ArrayList<Checks.Job>();

        whileTheWorkerStandsStill(() -> {
            jobs.add(checks.run(actor, id, true, CatalogImport.Known.UPDATE));
            db.sql("update identity.person set disabled = true where username = :name")
                    .param("name", actor.subject())
                    .update();
        });
        jobs.getFirst().await(LONG);

        assertThat(jobs.getFirst().refusal())
                .isNotNull()
                .extracting(Refusal::kind)
                .isEqualTo(Refusal.Kind.FORBIDDEN);
        assertThat(names()).isEmpty();
    }

    @Test
    void another_platform_shows_how_far_the_work_is_and_does_not_begin_it_again() {
        var id = batch(upload(book(entry("低保对象信息"))));
        checks.forget(id);
        work.begin(id, Checks.Work.IMPORT, "another", Instant.now());
        work.seen(id, "another", 40, Instant.now());

        assertThat(steward.get(PATH + "/" + id).body()).contains("已完成 40%", "data-again");
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> checks.run(actor, id, true, CatalogImport.Known.UPDATE));

        // the other one has died
        work.seen(id, "another", 40, Instant.now().minus(WorkTable.LOST_AFTER).minusSeconds(1));
        checks.of(actor, id).await(LONG);
        assertThat(steward.get(PATH + "/" + id).body()).contains("1 个目录都可以导入");
    }

    @Test
    void a_name_that_reads_backwards_is_shown_as_it_is_written() {
        var page = upload("\u202Excod.exe", book(entry("低保对象信息")));

        assertThat(page).contains("\\u202Excod.exe").doesNotContain("\u202E");
    }

    @Test
    void uploads_of_a_second_window_do_not_put_out_the_first() {
        var first = uploads.keep(actor, "one", "a.xlsx", new byte[] {1});
        for (int i = 0; i < 9; i++) uploads.keep(actor, "one", "b.xlsx", new byte[] {1});
        for (int i = 0; i < 9; i++) uploads.keep(actor, "other", "c.xlsx", new byte[] {1});

        assertThat(uploads.find(actor, "one", first.id()).fileName()).isEqualTo("a.xlsx");
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> uploads.keep(actor, "one", "d.xlsx", new byte[] {1}));

        db.sql(
                        "update workbook.upload set uploaded_at = uploaded_at - interval '2 hours' where id = :id")
                .param("id", first.id())
                .update();
        assertThat(uploads.keep(actor, "one", "d.xlsx", new byte[] {1})).isNotNull();
    }
}
