package shuqiao.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.proof.Checkpoint;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.SignedNote;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;
import shuqiao.kernel.Role;

@Tag("quick")
@PlatformTest
class LedgerTests {

    record SomethingHappened(String what, Actor by, Instant at) implements DomainEvent {
        @Override
        public Map<String, Object> facts() {
            return Map.of("what", what);
        }
    }

    @Autowired Ledger ledger;
    @Autowired LedgerCheck check;
    @Autowired LedgerKeys keys;
    @Autowired City city;
    @Autowired ApplicationEventPublisher events;
    @Autowired TransactionTemplate transaction;
    @Autowired InstantSource clock;
    @Autowired JdbcClient db;

    private void happens(String what) {
        transaction.executeWithoutResult(_ ->
                events.publishEvent(new SomethingHappened(what, Actor.PLATFORM, clock.instant())));
    }

    private long append(String text) {
        return transaction.execute(_ ->
                ledger.append(
                        "Test",
                        Actor.PLATFORM,
                        clock.instant(),
                        text.getBytes(StandardCharsets.UTF_8)));
    }

    private long recorded(String what) {
        return db.sql(
                        "select count(*) from ledger.entry where strpos(convert_from(body, 'UTF8'), :what) > 0")
                .param("what", what)
                .query(Long.class)
                .single();
    }

    @Test
    void an_event_is_recorded_in_the_transaction_that_caused_it() {
        happens("committed-1");

        assertThat(recorded("committed-1")).isEqualTo(1);
    }

    @Test
    void an_act_that_is_rolled_back_is_not_recorded() {
        transaction.executeWithoutResult(status -> {
            events.publishEvent(
                    new SomethingHappened("rolled-back-1", Actor.PLATFORM, clock.instant()));
            status.setRollbackOnly();
        });

        assertThat(recorded("rolled-back-1")).isZero();
    }

    @Test
    void an_event_outside_a_transaction_is_refused_as_a_bug() {
        assertThatThrownBy(() ->
                        events.publishEvent(
                                new SomethingHappened("loose", Actor.PLATFORM, clock.instant())))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void an_entry_has_its_proof_within_one_second() {
        var entry = append("to be proven");

        await().atMost(java.time.Duration.ofMillis(1500))
                .pollInterval(java.time.Duration.ofMillis(20))
                .until(() -> ledger.place(entry).isPresent());
        var place = ledger.place(entry).orElseThrow();
        var note = SignedNote.parse(place.checkpoint());
        var checkpoint = Checkpoint.parse(note.text());
        assertThat(note.isSignedBy(keys.publicKeys().forUse(PublicKeys.CHECKPOINT))).isTrue();
        assertThat(
                        MerkleTree.verifyInclusion(
                                MerkleTree.leafHash(
                                        "to be proven".getBytes(StandardCharsets.UTF_8)),
                                place.index(),
                                place.size(),
                                place.inclusionProof(),
                                checkpoint.root()))
                .isTrue();
    }

    @Test
    void indexes_are_dense_though_transactions_end_in_any_order() throws Exception {
        var open = new CountDownLatch(1);
        var inserted = new CountDownLatch(1);
        var late = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow =
                    threads.submit(() ->
                            transaction.executeWithoutResult(_ -> {
                                late.add(
                                        ledger.append(
                                                "Test",
                                                Actor.PLATFORM,
                                                clock.instant(),
                                                "slow".getBytes(StandardCharsets.UTF_8)));
                                inserted.countDown();
                                try {
                                    open.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
            if (!inserted.await(10, java.util.concurrent.TimeUnit.SECONDS)) slow.get();
            var after = append("quick");
            await().until(() -> ledger.place(after).isPresent());
            assertThat(ledger.place(late.getFirst())).isEmpty();
            open.countDown();
            slow.get();
        }
        await().until(() -> ledger.place(late.getFirst()).isPresent());

        var size = db.sql("select count(*) from ledger.leaf").query(Long.class).single();
        var last = db.sql("select max(index) from ledger.leaf").query(Long.class).single();
        assertThat(last).isEqualTo(size - 1);
        assertThat(check.run(city.actor(City.BUREAU, Role.AUDIT_ADMIN)).agrees()).isTrue();
    }

    @Test
    void the_database_itself_refuses_to_change_the_ledger() {
        append("stays");

        for (var sql :
                List.of(
                        "update ledger.entry set kind = 'x'",
                        "delete from ledger.entry",
                        "truncate ledger.entry cascade",
                        "update ledger.checkpoint set note = ''",
                        "delete from ledger.node")) {
            assertThatThrownBy(() -> db.sql(sql).update())
                    .as(sql)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void one_byte_changed_in_the_database_is_found() {
        var entry = append("amount 100");
        await().until(() -> ledger.place(entry).isPresent());
        var index = ledger.place(entry).orElseThrow().index();
        var auditor = city.actor(City.BUREAU, Role.AUDIT_ADMIN);
        assertThat(check.run(auditor).agrees()).isTrue();

        change("amount 900", entry);
        assertThat(check.run(auditor).firstWrong()).isEqualTo("leaf " + index);

        change("amount 100", entry);
        assertThat(check.run(auditor).agrees()).isTrue();
    }

    @Test
    void whoever_asks_for_the_whole_log_meanwhile_gets_the_same_answer_for_a_minute() {
        var auditor = city.actor(City.BUREAU, Role.AUDIT_ADMIN);
        var first = check.verify(auditor);
        append("one more");

        assertThat(check.verify(auditor)).isSameAs(first);
        assertThat(first.agrees()).isTrue();
        assertThat(first.checkpoints()).isPositive();
    }

    /** What somebody with all rights over the database could do. */
    private void change(String body, long entry) {
        transaction.executeWithoutResult(_ -> {
            db.sql("grant update on ledger.entry to current_user").update();
            db.sql("alter table ledger.entry disable trigger entry_stays").update();
            db.sql("update ledger.entry set body = :body where id = :id")
                    .param("body", body.getBytes(StandardCharsets.UTF_8))
                    .param("id", entry)
                    .update();
            db.sql("alter table ledger.entry enable trigger entry_stays").update();
            db.sql("revoke update on ledger.entry from current_user").update();
        });
    }

    @Test
    void anybody_may_ask_for_keys_checkpoint_proofs_and_tiles() {
        var entry = append("public");
        await().until(() -> ledger.place(entry).isPresent());
        var index = ledger.place(entry).orElseThrow().index();

        var document = PublicKeys.parse(city.get(null, "/.well-known/shuqiao-keys.json").body());
        var note = SignedNote.parse(city.get(null, "/ledger/checkpoint").body());
        assertThat(note.isSignedBy(document.forUse(PublicKeys.CHECKPOINT))).isTrue();
        var proof = city.get(null, "/ledger/proof/inclusion?index=" + index);
        assertThat(Base64.getDecoder().decode(proof.<String>at("$.leafHash")))
                .isEqualTo(MerkleTree.leafHash("public".getBytes(StandardCharsets.UTF_8)));
        assertThat(city.get(null, "/ledger/tile/0/000.p/1").status()).isEqualTo(200);
        assertThat(city.get(null, "/ledger/tile/0/999").status()).isEqualTo(404);
        assertThat(city.get(null, "/ledger/proof/inclusion?index=-1").status()).isEqualTo(404);
        assertThat(city.get(null, "/ledger/proof/consistency?from=1&to=1").status()).isEqualTo(200);
        assertThat(city.get(null, "/ledger/proof/consistency?from=5&to=1").status()).isEqualTo(422);
    }

    @Test
    void only_the_audit_administrator_reads_the_record() {
        var path = "/api/v1/audit/entries?kind=ProgramAdded";
        var audit = city.get(city.token(City.BUREAU, Role.AUDIT_ADMIN), path);
        assertThat(audit.status()).isEqualTo(200);
        assertThat(audit.<Integer>at("$.total")).isPositive();
        for (var role : Role.values()) {
            if (role == Role.AUDIT_ADMIN) continue;
            assertThat(city.get(city.token(City.BUREAU, role), path).status()).isEqualTo(403);
        }
    }
}
