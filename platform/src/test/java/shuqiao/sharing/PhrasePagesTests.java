package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** Who keeps the phrases for opinions, and who finds them in an answer. */
class PhrasePagesTests extends SharingGround {

    private static final String PASSWORD = "Phrase-2026-x!";
    private static final String PATH = "/phrases";

    @Autowired Phrases phrases;

    private Visitor authorities;
    private Visitor reviewers;

    @BeforeEach
    void log_in() {
        authorities = visitor("phrase.authority", City.BUREAU, Role.AUTHORITY);
        reviewers = visitor("phrase.reviewer", City.CIVIL_AFFAIRS, Role.REVIEWER);
    }

    private Visitor visitor(String username, String organization, Role role) {
        return city.visitor(username, PASSWORD, organization, role);
    }

    private static Map<String, String> written(String title) {
        return Map.of("outcome", "REFUSE", "title", title, "words", title + "，不同意提供。");
    }

    private static String idOf(String page, String title) {
        var link = Pattern.compile("/phrases/(\\d+)\" aria-label=\"[^\"]*" + title).matcher(page);
        assertThat(link.find()).as(title).isTrue();
        return link.group(1);
    }

    @Test
    void the_authority_keeps_those_that_every_department_uses() {
        var added = authorities.submit(PATH, PATH, written("全市通用一"));
        assertThat(added.body()).contains("已新增", "全市通用一");
        assertThat(reviewers.get(PATH).body()).contains("全市通用一").doesNotContain("修改意见「全市通用一」");

        var one = PATH + "/" + idOf(added.body(), "全市通用一");
        assertThat(authorities.submit(one, one, written("全市通用二")).body()).contains("全市通用二");
        assertThat(reviewers.get(one).statusCode()).isEqualTo(403);
        assertThat(reviewers.submit(PATH, one, written("改了")).statusCode()).isEqualTo(403);
        assertThat(reviewers.submit(PATH, one + "/removal", Map.of()).statusCode()).isEqualTo(403);

        assertThat(authorities.submit(PATH, one + "/removal", Map.of()).body())
                .contains("意见已删除")
                .doesNotContain("全市通用二");
    }

    @Test
    void a_departments_own_are_its_reviewers_and_unknown_to_others() {
        var added = reviewers.submit(PATH, PATH, written("民政专用"));
        var one = PATH + "/" + idOf(added.body(), "民政专用");

        var others = visitor("phrase.other", City.POLICE, Role.REVIEWER);
        assertThat(others.get(PATH).body()).doesNotContain("民政专用");
        assertThat(others.get(one).statusCode()).isEqualTo(404);
        assertThat(others.submit(PATH, one + "/removal", Map.of()).statusCode()).isEqualTo(404);
        assertThat(authorities.get(one).statusCode()).isEqualTo(404);

        var answers = visitor("phrase.steward", City.CIVIL_AFFAIRS, Role.STEWARD);
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        assertThat(answers.get("/requests/" + id + "/decision").body()).contains("民政专用");
        assertThat(
                        answers.submit(
                                        "/requests/" + id + "/decision",
                                        "/requests/" + id + "/decision",
                                        Map.of(
                                                "do",
                                                "phrase",
                                                "phrase",
                                                one.substring(PATH.length() + 1)))
                                .body())
                .contains("民政专用，不同意提供。</textarea>");
        reviewers.submit(PATH, one + "/removal", Map.of());
    }

    @Test
    void stewards_use_them_and_do_not_keep_them() {
        var steward = visitor("phrase.steward", City.CIVIL_AFFAIRS, Role.STEWARD);

        assertThat(steward.get(PATH).statusCode()).isEqualTo(403);
    }

    @Test
    void what_is_missing_is_told_and_nothing_typed_is_lost() {
        for (var language : List.of("en", "zh")) {
            reviewers.get(PATH + "?lang=" + language);
            var wrong =
                    reviewers.submit(
                            PATH,
                            PATH,
                            Map.of("outcome", "", "title", "x".repeat(41), "words", ""));
            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(wrong.body())
                    .contains("outcome-fault", "title-fault", "words-fault", "x".repeat(41))
                    .doesNotContain("??", "fault.");
        }
    }

    @Test
    void each_change_is_in_the_ledger_without_its_words() {
        var added = reviewers.submit(PATH, PATH, written("记入存证"));
        var id = idOf(added.body(), "记入存证");
        reviewers.submit(PATH, PATH + "/" + id + "/removal", Map.of());

        var changes =
                db.sql(
                                """
                                select convert_from(body, 'UTF8') from ledger.entry
                                where kind = 'PhraseChanged'
                                    and convert_from(body, 'UTF8')::json #>> '{facts,phrase}' = :id order by id
                                """)
                        .param("id", id)
                        .query(String.class)
                        .list();
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst()).contains("ADDED").doesNotContain("记入存证");
        assertThat(changes.getLast()).contains("REMOVED");
    }
}
