package shuqiao.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.kernel.TooBusy;
import shuqiao.ledger.Ledger;

/** Log-in under guessing: nobody is found out, nobody is kept out, nothing breaks. */
@PlatformTest
class LoginTests {

    private static final String PASSWORD = "Bridge-2026-test";

    @Autowired City city;
    @Autowired People people;
    @Autowired Ledger ledger;
    @Autowired FailedLogins failed;
    @Autowired Unlocks unlocks;
    @Autowired SignInThrottle throttle;
    @Autowired ProgramTable programs;
    @Autowired Programs doors;
    @Autowired Hashing hashing;
    @Autowired Home home;
    @Autowired JdbcClient db;

    @BeforeEach
    void people_are_there() {
        city.person("li-known", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("li-closed", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        people.change(
                Actor.PLATFORM,
                "li-closed",
                new People.Entry(
                        "li-closed", "li-closed", City.CIVIL_AFFAIRS, Set.of(Role.STEWARD), true));
        throttle.forget("li-known");
    }

    private static String said(HttpResponse<String> answer) {
        return answer.previousResponse().map(LoginTests::headers).orElseThrow()
                + answer.statusCode()
                + answer.uri().getRawQuery()
                + answer.body()
                        .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                        // the name that was typed stands in its field again, whoever has it
                        .replaceAll("(id=\"username\"[^>]*?) value=\"[^\"]*\"", "$1")
                        .replace(" autofocus=\"autofocus\"", "");
    }

    private static String headers(HttpResponse<String> redirect) {
        var headers = new TreeMap<>(redirect.headers().map());
        headers.remove("date");
        headers.computeIfPresent(
                "set-cookie",
                (_, cookies) -> {
                    var others =
                            cookies.stream().filter(it -> !it.startsWith("login-name=")).toList();
                    return others.isEmpty() ? null : others;
                });
        return redirect.statusCode() + " " + headers + " ";
    }

    @Test
    void wrong_unknown_closed_and_locked_are_answered_alike() {
        var wrong = said(new Visitor(city).login("li-known", "wrong"));

        assertThat(said(new Visitor(city).login("li-nobody", "wrong"))).isEqualTo(wrong);
        assertThat(said(new Visitor(city).login("li-closed", PASSWORD))).isEqualTo(wrong);
        for (var i = 0; i < 4; i++) new Visitor(city).login("li-known", "wrong");
        assertThat(said(new Visitor(city).login("li-known", PASSWORD)))
                .as("right, after five wrong ones")
                .isEqualTo(wrong);
        for (var odd : new String[] {"li\0known", "li-known\n", "李", "x".repeat(5_000), "a'--", ""})
            assertThat(said(new Visitor(city).login(odd, "wrong"))).as(odd).isEqualTo(wrong);
    }

    @Test
    void a_wrong_password_keeps_the_name_and_asks_for_the_password_again() {
        var wrong = new Visitor(city).login("li-kept", "wrong").body();
        assertThat(wrong)
                .containsPattern("id=\"username\"[^>]*value=\"li-kept\"")
                .containsPattern("id=\"password\"[^>]*autofocus");

        var typedIntoTheWrongField = new Visitor(city).login("Secret 2026!", "li-kept").body();
        assertThat(typedIntoTheWrongField).doesNotContainIgnoringCase("secret 2026!");
        assertThat(new Visitor(city).get("/login").body()).doesNotContain("autofocus");
    }

    @Test
    void a_browser_in_which_one_signed_in_before_is_not_kept_out_by_strangers() {
        var own = city.visitor("li-device", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        own.submit("/", "/logout", Map.of());
        var stranger = new Visitor(city);
        for (var i = 0; i < 6; i++) stranger.login("li-device", "wrong");

        assertThat(new Visitor(city).login("li-device", PASSWORD).uri().getPath())
                .as("another browser at the same address")
                .isEqualTo("/login");
        assertThat(own.login("li-device", PASSWORD).uri().getPath()).isEqualTo("/");
    }

    @Test
    void the_console_ends_a_lock_out_and_the_ledger_tells_it() throws IOException {
        city.person("li-locked", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        for (var i = 0; i < 6; i++) new Visitor(city).login("li-locked", "wrong");
        Files.createFile(home.path().resolve("unlock-li-locked"));
        Files.createFile(home.path().resolve("unlock-li-never-there"));

        unlocks.turn();

        assertThat(home.path().resolve("unlock-li-locked")).doesNotExist();
        assertThat(home.path().resolve("unlock-li-never-there")).doesNotExist();
        assertThat(home.path().resolve("unlock-li-never-there.unknown")).exists();
        assertThat(new Visitor(city).login("li-locked", PASSWORD).uri().getPath()).isEqualTo("/");
        assertThat(ledger.about("username=li-locked", 5))
                .anySatisfy(it -> assertThat(it.kind()).isEqualTo("LockoutEnded"));
    }

    @Test
    void wrong_passwords_are_one_entry_with_a_number() {
        city.person("li-guessed", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        new Visitor(city).login("li-guessed", "wrong");
        failed.turn();
        for (var i = 0; i < 3; i++) new Visitor(city).login("li-guessed", "wrong");
        failed.turn();
        assertThat(guesses("li-guessed")).containsExactly(1);

        failed.stop();

        assertThat(guesses("li-guessed")).containsExactlyInAnyOrder(1, 3);
        new Visitor(city).login("li-nobody-at-all", "wrong");
        failed.stop();
        assertThat(guesses("li-nobody-at-all")).as("may be a password").isEmpty();
    }

    private List<Object> guesses(String username) {
        return ledger.about("username=" + username, 20).stream()
                .filter(it -> it.kind().equals("LoginFailed"))
                .map(it -> it.facts().get("times"))
                .toList();
    }

    @Test
    void twelve_log_ins_of_one_person_at_once_are_no_fault() throws Exception {
        city.person("li-twelve", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        for (var round = 0; round < 3; round++) {
            for (var answer : atOnce(12, () -> new Visitor(city).login("li-twelve", PASSWORD)))
                // of more than three sessions the oldest ended meanwhile
                assertThat(answer.get().uri().toString())
                        .isIn(city.url() + "/", city.url() + "/login?expired");
        }
    }

    private static <T> List<Future<T>> atOnce(int many, Callable<T> what)
            throws InterruptedException {
        var barrier = new CyclicBarrier(many);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<T>>();
            for (var i = 0; i < many; i++)
                calls.add(() -> {
                    barrier.await();
                    return what.call();
                });
            return threads.invokeAll(calls);
        }
    }

    @Test
    void a_changed_password_ends_the_other_sessions_and_leaves_ones_own() {
        var other = city.visitor("li-changes", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var own = city.visitor("li-changes", PASSWORD);

        assertThat(change(own, PASSWORD, "Bridge-2027-other").body()).contains("密码");

        assertThat(own.get("/account/password").uri().getPath()).isEqualTo("/account/password");
        assertThat(other.get("/account/password").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void the_present_password_cannot_be_guessed_from_a_session() {
        var thief = city.visitor("li-taken", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        for (var i = 0; i < 5; i++)
            assertThat(change(thief, "wrong-" + i, "Bridge-2027-other").statusCode())
                    .isEqualTo(422);

        assertThat(change(thief, PASSWORD, "Bridge-2027-other").statusCode())
                .as("right, after five wrong ones")
                .isEqualTo(422);

        failed.stop();
        assertThat(guesses("li-taken")).containsExactly(5);
    }

    private static HttpResponse<String> change(Visitor who, String present, String wanted) {
        return who.submit(
                "/account/password",
                "/account/password",
                Map.of("present", present, "wanted", wanted, "again", wanted));
    }

    @Test
    void a_secret_hashed_slowly_before_is_taken_once_more_and_kept_anew() {
        city.token(City.POLICE, Role.STEWARD);
        var client = "li-old-program";
        db.sql(
                        """
                        insert into identity.program (client_id, name, organization, secret, roles, created_at)
                        values (:client, '旧程序', :police, :secret, '{STEWARD}', now())
                        """)
                .param("client", client)
                .param("police", City.POLICE)
                .param("secret", hashing.encode("a-secret-of-before"))
                .update();

        assertThat(city.fetchToken(client, "another").status()).isEqualTo(401);
        assertThat(city.fetchToken(client, "a-secret-of-before").status()).isEqualTo(200);

        assertThat(programs.secret(client).orElseThrow()).startsWith("{sha256}");
        assertThat(city.fetchToken(client, "a-secret-of-before").status()).isEqualTo(200);
        assertThat(city.fetchToken(client, "another").status()).isEqualTo(401);
    }

    @Test
    void a_stranger_who_guesses_a_programs_secret_does_not_keep_it_out() throws Exception {
        city.build();
        var added =
                doors.add(
                        Actor.PLATFORM,
                        new Programs.Entry(
                                "li-program", "对接", City.POLICE, Set.of(Role.STEWARD), false));
        for (var answer : atOnce(64, () -> city.fetchToken(added.program().clientId(), "wrong")))
            assertThat(answer.get().status()).isEqualTo(401);

        assertThat(city.fetchToken(added.program().clientId(), added.clientSecret()).status())
                .isEqualTo(200);
        assertThat(city.fetchToken("li\0program", "wrong").status()).isIn(400, 401);
    }

    @Test
    void a_log_in_that_finds_the_pool_full_is_told_to_come_back() throws Exception {
        city.person("li-queued", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var answers =
                atOnce(
                        80,
                        () -> {
                            try {
                                return hashing.matches("x", hashing.encode("y")) ? "" : "done";
                            } catch (TooBusy full) {
                                return "full";
                            }
                        });

        assertThat(answers).extracting(Future::get).contains("done", "full");
    }
}
