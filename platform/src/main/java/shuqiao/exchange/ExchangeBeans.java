package shuqiao.exchange;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.FactNames;

/** What this room offers to those below: the numbers of runs, for sentences of acts. */
@Configuration(proxyBeanMethods = false)
class ExchangeBeans {

    @Bean
    FactNames runNumbers(RunTable runs) {
        return new FactNames.Simple("run", runs::numbers);
    }
}
