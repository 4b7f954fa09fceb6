package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import shuqiao.City;
import shuqiao.kernel.FirstStep;
import shuqiao.kernel.Role;

/** What people see of requests, the calendar and the legal profile. */
class SharingPagesTests extends SharingGround {

    @Autowired WebApplicationContext web;
    @Autowired SharingToDos toDos;
    @Autowired OwnRequests desk;
    @Autowired List<FirstStep> steps;

    MockMvc browser;

    @BeforeEach
    void open() {
        browser =
                MockMvcBuilders.webAppContextSetup(web)
                        .apply(SecurityMockMvcConfigurers.springSecurity())
                        .build();
        city.person("police.reader", "Reader-2026-x!", City.POLICE, Role.STEWARD);
        city.person("bureau.reader", "Reader-2026-x!", City.BUREAU, Role.STEWARD);
        city.person("bureau.admin", "Reader-2026-x!", City.BUREAU, Role.SYSTEM_ADMIN);
    }

    @Test
    void a_request_is_read_in_both_languages_with_its_history_and_by_nobody_else()
            throws Exception {
        var body = ask(conditional());
        body.put("purposeText", "<b>核对</b>");
        var id = prepared(body);

        for (var language : List.of("zh", "en"))
            browser.perform(
                            get("/requests/" + id)
                                    .param("lang", language)
                                    .with(user("police.reader")))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("SQ-2026-")))
                    .andExpect(content().string(containsString("2026-10-15")))
                    .andExpect(content().string(containsString("&lt;b&gt;")))
                    .andExpect(content().string(not(containsString("??"))));
        browser.perform(get("/requests").with(user("police.reader")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("/requests/" + id)))
                .andExpect(content().string(not(containsString("??"))));
        browser.perform(get("/requests/" + id).with(user("bureau.reader")))
                .andExpect(status().isNotFound());
        browser.perform(get("/").with(user("police.reader"))).andExpect(status().isOk());
    }

    @Test
    void whoever_has_to_act_next_has_it_on_the_desk() {
        var id = drafted(ask(conditional()));
        waits(City.POLICE, Role.REVIEWER, id, "", "sharing.DRAFT");
        step(signs, id, "sending", java.util.Map.of());
        waits(City.BUREAU, Role.AUTHORITY, id, "", "sharing.SENT");
        step(authority, id, "acceptance", java.util.Map.of());
        waits(City.CIVIL_AFFAIRS, Role.STEWARD, id, "/decision", "sharing.ACCEPTED");
        step(steward, id, "preparation", java.util.Map.of("proposal", "同意"));
        waits(City.CIVIL_AFFAIRS, Role.REVIEWER, id, "/decision", "sharing.PREPARED");

        var own = desk.of(city.actor(City.POLICE, Role.STEWARD), java.util.Locale.ENGLISH);
        assertThat(own.total()).isGreaterThanOrEqualTo(own.lines().size()).isPositive();
    }

    private void waits(String organization, Role role, long id, String place, String kind) {
        assertThat(toDos.of(city.actor(organization, role)))
                .anySatisfy(it -> {
                    assertThat(it.path()).isEqualTo("/requests/" + id + place);
                    assertThat(it.kind()).isEqualTo(kind);
                });
    }

    @Test
    void the_system_administrator_chooses_the_profile_and_imports_a_year() throws Exception {
        assertThat(steps).extracting(FirstStep::key).contains("legal-profile", "calendar");
        for (var path : List.of("/admin/legal-profile", "/admin/calendar")) {
            for (var language : List.of("zh", "en"))
                browser.perform(get(path).param("lang", language).with(user("bureau.admin")))
                        .andExpect(status().isOk())
                        .andExpect(content().string(not(containsString("??"))));
            browser.perform(get(path).with(user("police.reader")))
                    .andExpect(status().isForbidden());
        }
        browser.perform(
                        post("/admin/legal-profile")
                                .param("code", "REG_2025")
                                .with(user("bureau.admin"))
                                .with(csrf()))
                .andExpect(redirectedUrl("/admin/legal-profile"));
        assertThat(profiles.inForce().orElseThrow().code()).isEqualTo("REG_2025");
        browser.perform(
                        post("/admin/calendar")
                                .param("year", "2027")
                                .param("source", "通知")
                                .param("csv", "2027-01-01,off")
                                .with(user("bureau.admin"))
                                .with(csrf()))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("2027-05-01")));
    }
}
