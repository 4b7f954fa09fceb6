package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shuqiao.PlatformTest;
import shuqiao.engine.CopyListener;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.Database;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Fence;
import shuqiao.engine.HashKey;
import shuqiao.engine.Scope;
import shuqiao.engine.embedded.ScratchPostgres;

/** What is written down of each session. */
@PlatformTest
class RecordTests extends LineGround {

    /** The question why opens a session of its own, after that of the copy has ended. */
    @Test
    void the_session_that_asks_why_a_copy_failed_has_the_place_of_the_one_that_ended() {
        var name = DATABASE.name() + "_euc_cn";
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "create database %s owner %s encoding 'EUC_CN' locale_provider libc locale 'C' template template0"
                                .formatted(name, DATABASE.user()));
        ScratchPostgres.shared()
                .asSuperuser(name, "grant all on schema public to " + DATABASE.user());
        DATABASE.run(
                "create table smiles (id int primary key, face text)",
                "insert into smiles values (1, '\uD83D\uDE00')");
        var from = place(1);
        var into = elsewhere(from, name);
        var scope =
                Scope.of(
                        line.ask(
                                from,
                                Use.platform(Occasion.TEST),
                                database -> database.table("public", "smiles")),
                        List.of(),
                        List.of(),
                        Map.of(),
                        "核验",
                        LocalDate.of(2026, 1, 1),
                        Optional.empty());

        try (var passage = line.admit(COPY, from, Optional.of(into)).orElseThrow()) {
            assertThatThrownBy(() ->
                            passage.copy(
                                    (source, target) ->
                                            new CopyRequest(
                                                    source,
                                                    target,
                                                    scope,
                                                    new HashKey(new byte[32]),
                                                    "public",
                                                    "smiles",
                                                    "line-tests",
                                                    1,
                                                    false),
                                    Fence.open(),
                                    CopyListener.silent(),
                                    _ -> {}))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            it ->
                                    assertThat(it.arguments())
                                            .containsEntry("field", "face")
                                            .containsEntry("encoding", "EUC_CN"));
            assertThat(table.open(from.source(), Seats.LIFE).copies()).isEqualTo(1);
        }

        assertThat(outcomes())
                .containsExactly("done", "engine:target-encoding", "engine:target-encoding");
        assertThat(table.open(from.source(), Seats.LIFE).copies()).isZero();
    }

    /** A source of its own, in another database of the server. */
    private static Place elsewhere(Place beside, String database) {
        var address = beside.address();
        return new Place(
                NEXT.incrementAndGet(),
                beside.organization(),
                "另一库",
                new DatabaseAddress(address.host(), address.port(), database, Optional.empty()),
                beside.user(),
                beside.password(),
                beside.tls(),
                beside.limits(),
                beside.hours(),
                beside.asBefore(),
                false);
    }

    @Test
    void records_are_kept_for_their_time_and_open_ones_longer() {
        var place = place(4);
        var open = line.admit(COPY, place, Optional.empty()).orElseThrow();
        line.ask(place, Use.platform(Occasion.TEST), Database::schemas);

        while (table.sweep(now.get().plusSeconds(1), 5_000) > 0)
            ; // what other tests left
        assertThat(outcomes()).containsExactly("open");
        open.close();
    }

    @Test
    void a_question_is_asked_in_no_transaction_of_ours() {
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(
                                _ -> line.ask(place(4), LOOK, Database::schemas)))
                .isInstanceOf(IllegalStateException.class);
        await().until(() -> outcomes().isEmpty());
    }
}
