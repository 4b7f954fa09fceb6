package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.CatalogEvent.ResourcePublished;
import shuqiao.exchange.ExchangeGround;
import shuqiao.sharing.GrantEvent.GrantIssued;
import shuqiao.sharing.Grants;
import shuqiao.sharing.RequestEvent.RequestDecided;

/** Who hears of something at once finds it done: the state is written before it is told. */
class EventOrderTests extends ExchangeGround {

    @Autowired ConfigurableApplicationContext context;
    @Autowired Catalog catalog;
    @Autowired Grants grants;

    private final Map<String, Object> found = new HashMap<>();

    private final ApplicationListener<PayloadApplicationEvent<ResourcePublished>> published =
            new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(PayloadApplicationEvent<ResourcePublished> event) {
                    var it = event.getPayload();
                    found.put(
                            "version",
                            catalog.published(it.resource())
                                    .filter(one -> one.version() == it.version())
                                    .isPresent());
                }
            };

    private final ApplicationListener<PayloadApplicationEvent<RequestDecided>> decided =
            new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(PayloadApplicationEvent<RequestDecided> event) {
                    var request = event.getPayload().request();
                    found.put(
                            "grants of the decided",
                            db.sql("select count(*) from sharing.\"grant\" where request = :id")
                                    .param("id", request)
                                    .query(Long.class)
                                    .single());
                    found.put(
                            "time to share",
                            db.sql(
                                            "select count(*) from sharing.deadline where request = :id and what = 'SHARE_WITHIN'")
                                    .param("id", request)
                                    .query(Long.class)
                                    .single());
                }
            };

    private final ApplicationListener<PayloadApplicationEvent<GrantIssued>> issued =
            new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(PayloadApplicationEvent<GrantIssued> event) {
                    found.put("grant", grants.grant(event.getPayload().grant()).isPresent());
                }
            };

    @AfterEach
    void leave() {
        context.removeApplicationListener(published);
        context.removeApplicationListener(decided);
        context.removeApplicationListener(issued);
    }

    @Test
    void a_plain_listener_sees_what_it_hears_of() throws Exception {
        context.addApplicationListener(published);
        context.addApplicationListener(decided);
        context.addApplicationListener(issued);

        grant(table(3), Map.of());

        assertThat(found)
                .containsEntry("version", true)
                .containsEntry("grants of the decided", 1L)
                .containsEntry("grant", true)
                .containsKey("time to share");
    }
}
