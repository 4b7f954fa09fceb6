package shuqiao.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a request remembers, it remembers alone and not for longer. */
class PerRequestTests {

    private final PerRequest<String, Integer> memory = new PerRequest<>("test");
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void leave() {
        RequestContextHolder.resetRequestAttributes();
    }

    private int ask(String key) {
        return memory.get(key, _ -> reads.incrementAndGet());
    }

    @Test
    void a_request_asks_once_and_again_when_it_has_changed_something() {
        enter();

        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("b")).isEqualTo(2);
        memory.forget();
        assertThat(ask("a")).isEqualTo(3);
    }

    @Test
    void the_next_request_and_work_without_one_ask_anew() {
        enter();
        ask("a");
        enter();
        assertThat(ask("a")).isEqualTo(2);
        RequestContextHolder.resetRequestAttributes();
        assertThat(ask("a")).isEqualTo(3);
        assertThat(ask("a")).isEqualTo(4);
    }

    private static void enter() {
        RequestContextHolder.setRequestAttributes(
                new ServletRequestAttributes(new MockHttpServletRequest()));
    }
}
