package shuqiao.kernel;

import java.time.InstantSource;
import java.time.ZoneId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one place that asks the machine what time it is. Tests put another source in its place. */
@Configuration(proxyBeanMethods = false)
public class Clock {

    /** Working days, dates on pages and in documents: all are of this zone. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
