package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

/** Only what the policy returned is dialled, whatever the name means a moment later. */
class AddressPolicyTests {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    /** Nothing listens there on the port of our server. */
    private static final InetAddress NOBODY = InetAddress.ofLiteral("127.0.0.77");

    private final ScratchPostgres.Database database = ScratchPostgres.shared().newDatabase();

    @Test
    void an_address_outside_is_refused_before_a_packet_leaves() throws Exception {
        try (var listener = new ServerSocket(0, 5, HERE)) {
            listener.setSoTimeout(200);
            var endpoint =
                    Endpoint.of(
                                    "jdbc:postgresql://127.0.0.1:%d/x"
                                            .formatted(listener.getLocalPort()),
                                    "u",
                                    "p")
                            .within((_, _) -> List.of());

            assertThatThrownBy(() -> new Database(endpoint).test())
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            e -> {
                                assertThat(e.reason()).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
                                assertThat(e.arguments()).containsOnlyKeys("side");
                            });
            assertThatThrownBy(listener::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void each_address_of_a_name_is_tried_in_order_until_one_answers() {
        var endpoint = named("db.yunze.example").within((_, _) -> List.of(NOBODY, HERE));

        assertThat(new Database(endpoint).test().user()).isEqualTo(database.user());
    }

    @Test
    void a_session_resolves_its_name_once_and_what_it_opens_beside_goes_to_the_same_server() {
        var asked = new ArrayList<String>();
        var endpoint =
                named("db.yunze.example")
                        .within((host, _) -> {
                            asked.add(host);
                            return asked.size() == 1 ? List.of(HERE) : List.of(NOBODY);
                        });

        try (var session = WireConnection.open(Side.SOURCE, endpoint);
                var beside = WireConnection.open(Side.SOURCE, session.here())) {
            session.cancel();
            assertThat(beside.pid()).isNotEqualTo(session.pid());
        }
        assertThat(asked).containsExactly("db.yunze.example");
    }

    @Test
    void a_name_without_an_address_is_unreachable() {
        var endpoint =
                named("db.yunze.example")
                        .within((host, _) -> {
                            throw new UnknownHostException(host);
                        });

        assertThatThrownBy(() -> new Database(endpoint).test())
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::ffff:127.0.0.1"})
    void an_odd_number_is_the_address_that_it_means_or_no_address(String host) {
        List<InetAddress> meant;
        try {
            meant = AddressPolicy.resolved(host);
        } catch (UnknownHostException refused) {
            return; // then it is dialled nowhere
        }
        assertThat(meant).isNotEmpty().allMatch(it -> it.getAddress().length == 4);
    }

    @Test
    void one_place_has_one_canonical_text() {
        assertThat(DatabaseAddress.parse("jdbc:postgresql://DB.Yunze.cn./a%20b?sslmode=require"))
                .extracting(DatabaseAddress::canonical)
                .isEqualTo("db.yunze.cn:5432/a b");
        assertThat(DatabaseAddress.parse("jdbc:postgresql://[FD00::1]:5433/x").canonical())
                .isEqualTo("[fd00::1]:5433/x");
    }

    private Endpoint named(String host) {
        return Endpoint.of(
                "jdbc:postgresql://%s:%d/%s".formatted(host, database.port(), database.name()),
                database.user(),
                database.password());
    }
}
