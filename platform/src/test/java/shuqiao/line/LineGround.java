package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.Database;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Limits;
import shuqiao.engine.Reason;
import shuqiao.engine.Secret;
import shuqiao.engine.Tls;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Lifeline;

/** A line with a clock of its own, to a source that no other test uses. */
@PlatformTest
abstract class LineGround {

    static final ScratchPostgres.Database DATABASE = ScratchPostgres.shared().newDatabase();
    static final AtomicInteger NEXT = new AtomicInteger(7_000_000);
    static final Use LOOK = new Use(Occasion.LOOK, Actor.Kind.PERSON, "line-steward", "");
    static final Use COPY = Use.platform(Occasion.COPY).about("JH-0000-000001");

    static final Duration PATIENT = Duration.ofSeconds(10);
    static final Duration IMPATIENT = Duration.ofMillis(100);

    @Autowired LineTable table;
    @Autowired RecordTable records;
    @Autowired Endpoints endpoints;
    @Autowired Lifeline lifeline;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcClient db;
    @Autowired ApplicationEventPublisher events;

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MICROS));
    long source = NEXT.incrementAndGet();
    Seats seats;
    Pool pool;
    Line line;

    @BeforeEach
    void a_line_with_a_clock_of_its_own() {
        seats = new Seats(table, lifeline, transaction, events, now::get);
        pool = new Pool(seats, endpoints);
        line = new Line(seats, endpoints, pool, table, records, now::get);
    }

    @AfterEach
    void nothing_stays_open() {
        pool.closeAll();
    }

    Place place(int port, String password, int most) {
        return place(port, password, most, port == DATABASE.port() ? PATIENT : IMPATIENT);
    }

    Place place(int port, String password, int most, Duration toConnect) {
        var limits =
                new Limits(
                        most,
                        OptionalDouble.empty(),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        toConnect);
        return new Place(
                source,
                City.CIVIL_AFFAIRS,
                "连线库",
                new DatabaseAddress("127.0.0.1", port, DATABASE.name(), Optional.empty()),
                DATABASE.user(),
                new Secret(password),
                Tls.DISABLED,
                limits,
                at -> at.isBefore(Instant.MAX),
                () -> false,
                false);
    }

    Place place(int most) {
        return place(DATABASE.port(), DATABASE.password(), most);
    }

    void fails(Place place, Use use, Reason reason) {
        assertThatThrownBy(() -> line.ask(place, use, Database::schemas))
                .isInstanceOfSatisfying(
                        EngineFailure.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }

    List<String> outcomes() {
        return db.sql(
                        "select coalesce(outcome, 'open') from line.session where source = :source order by id")
                .param("source", source)
                .query(String.class)
                .list();
    }

    /** Holds a session of the source with a question until the latch opens. */
    Thread asking(Place place, String by, CountDownLatch until) {
        var began = new CountDownLatch(1);
        var use = new Use(Occasion.PREVIEW, Actor.Kind.PERSON, by, "");
        var thread =
                Thread.ofVirtual()
                        .start(() ->
                                line.ask(
                                        place,
                                        use,
                                        database -> {
                                            began.countDown();
                                            awaited(until);
                                            return database.schemas();
                                        }));
        awaited(began);
        return thread;
    }

    static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
