package shuqiao.work;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;

/**
 * A process that acts and dies while it tells ({@code act}), or one that tells what others left
 * ({@code tell}).
 */
final class TellingProgram {

    static final String ID = "test.told";

    record Message(String words) {}

    private TellingProgram() {}

    @SuppressWarnings("unused")
    public static void main(String[] args) throws Exception {
        var database = new DriverManagerDataSource(args[0], args[1], args[2]);
        var dies = args[3].equals("act");
        var db = JdbcClient.create(database);
        var clock = InstantSource.system();
        Tells room =
                () ->
                        List.of(
                                new Telling<>(
                                        ID,
                                        Message.class,
                                        it -> {
                                            note(db, it.words());
                                            // as kill -9 in the midst: written, not committed
                                            if (dies) Runtime.getRuntime().halt(9);
                                        }));
        var transaction = new TransactionTemplate(new Transactions(database));
        var items = new ItemTable(db);
        var tellings =
                new Tellings(
                        new ObjectProvider<>() {
                            @Override
                            public Stream<Tells> orderedStream() {
                                return Stream.of(room);
                            }
                        },
                        items,
                        transaction,
                        clock);
        tellings.afterSingletonsInstantiated();
        if (dies)
            transaction.executeWithoutResult(_ -> {
                note(db, "ACT");
                tellings.tell(ID, new Message("TOLD"));
            });
        var workers =
                new Workers(
                        List.of(tellings),
                        new RoundTable(db),
                        new Items(items, clock),
                        new SimpleMeterRegistry(),
                        clock,
                        database);
        workers.start();
        workers.on(new Opening("", Opening.City.NONE));
        // ends with the one who started it
        while (System.in.read() >= 0)
            ;
        workers.stop();
    }

    private static void note(JdbcClient db, String what) {
        db.sql("insert into noted (what) values (:what)").param("what", what).update();
    }
}
