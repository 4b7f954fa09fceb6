package shuqiao.notice;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.Recurring;

/** What this room does by the clock, beside its letters. */
@Configuration(proxyBeanMethods = false)
class NoticeWork {

    private static final int PIECE = 2_000;

    /** Forgets old notices piece by piece, so that no statement takes long. */
    @Bean
    Recurring noticeKeeping(Keeping keeping) {
        return new Recurring.Simple(
                "notice-keeping", Duration.ofHours(1), () -> keeping.forget(PIECE) > 0);
    }
}
