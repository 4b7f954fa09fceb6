package shuqiao.organization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Statements;
import shuqiao.kernel.Role;

/** What pages remember of organizations is what their table says, at once and everywhere. */
@PlatformTest
class KnownOrganizationsTests {

    private static final AtomicInteger NEXT = new AtomicInteger(100);

    @Autowired City city;
    @Autowired Organizations organizations;
    @Autowired OrganizationTable table;
    @Autowired JdbcClient db;
    @Autowired TransactionTemplate transaction;

    private String code;

    @BeforeEach
    void a_page() {
        city.build();
        var number = NEXT.incrementAndGet();
        code = city.department("KNW000" + number, "云泽市名称" + number + "局");
        page();
    }

    @AfterEach
    void no_page() {
        RequestContextHolder.resetRequestAttributes();
    }

    private static void page() {
        RequestContextHolder.setRequestAttributes(
                new ServletRequestAttributes(new MockHttpServletRequest()));
    }

    private String name() {
        return organizations.find(code).orElseThrow().name();
    }

    private void rename(String name) {
        db.sql("update organization.organization set name = :name where code = :code")
                .param("name", name)
                .param("code", code)
                .update();
    }

    private void same_as_the_table() {
        page();
        for (var it : table.all(5_000))
            assertThat(organizations.find(it.code().value())).contains(it);
        assertThat(organizations.authorities()).isEqualTo(table.authorities());
    }

    @Test
    void a_page_that_names_many_asks_no_more_often_than_one_that_names_some() {
        for (var at = 0; at < 3 * KnownOrganizations.ALONE; at++)
            city.department("KNM000" + (100 + at), "云泽市第" + at + "名称局");
        var codes = table.all(5_000).stream().map(it -> it.code().value()).toList();
        page();
        try (var first = Statements.here()) {
            codes.forEach(organizations::find);
            assertThat(first.all()).hasSizeLessThanOrEqualTo(KnownOrganizations.ALONE + 1);
        }
        page();
        try (var second = Statements.here()) {
            codes.forEach(organizations::find);
            organizations.find(codes.getFirst());
            assertThat(second.all()).singleElement().asString().contains("organization.edition");
        }
    }

    @Test
    void who_changes_one_sees_it_on_the_same_page_and_others_on_their_next() {
        name();
        organizations.change(
                city.actor(City.BUREAU, Role.SYSTEM_ADMIN),
                code,
                new Organizations.Entry(
                        code,
                        "云泽市新名局" + code,
                        "新名局",
                        "",
                        "990100",
                        Organization.Level.CITY,
                        null,
                        false,
                        false,
                        null));

        assertThat(name()).isEqualTo("云泽市新名局" + code);
        same_as_the_table();
    }

    @Test
    void what_is_changed_past_the_door_is_seen_too() {
        name();
        rename("云泽市旁门局" + code);
        page();

        assertThat(name()).isEqualTo("云泽市旁门局" + code);
        same_as_the_table();
    }

    @Test
    void a_change_that_was_rolled_back_was_seen_by_who_made_it_alone() {
        var before = name();
        transaction.executeWithoutResult(it -> {
            rename("云泽市反悔局" + code);
            page();
            assertThat(name()).isEqualTo("云泽市反悔局" + code);
            it.setRollbackOnly();
        });
        page();
        assertThat(name()).isEqualTo(before);

        rename("云泽市又一局" + code);
        page();
        assertThat(name()).isEqualTo("云泽市又一局" + code);
        same_as_the_table();
    }

    @Test
    void one_that_is_not_there_yet_is_found_when_it_is() {
        var next = city.department("KNX000" + NEXT.incrementAndGet(), "云泽市后来局");
        db.sql("delete from organization.organization where code = :code")
                .param("code", next)
                .update();
        page();
        assertThat(organizations.find(next)).isEmpty();

        city.department("KNX000" + NEXT.get(), "云泽市后来局");
        page();
        assertThat(organizations.find(next)).isPresent();
    }
}
