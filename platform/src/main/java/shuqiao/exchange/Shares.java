package shuqiao.exchange;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How many runs work at once, so that nobody's slow database stops the deliveries of others. A
 * worker waits for databases and computes little, so there are many.
 *
 * @param workers of one platform
 * @param ofSource runs from one connection of a provider, on all platforms together
 * @param ofProvider runs from one department
 * @param ofConsumer runs to one department
 * @param longest an attempt of a run may last
 */
@Component
record Shares(int workers, int ofSource, int ofProvider, int ofConsumer, Duration longest) {

    /**
     * Written out: on a component of the record the bean factory of the build takes it for a
     * field's.
     */
    Shares(
            @Value("${shuqiao.run.workers:32}") int workers,
            @Value("${shuqiao.run.of-source:6}") int ofSource,
            @Value("${shuqiao.run.of-provider:12}") int ofProvider,
            @Value("${shuqiao.run.of-consumer:12}") int ofConsumer,
            @Value("${shuqiao.run.longest:12h}") Duration longest) {
        if (workers < 1 || ofSource < 1 || ofProvider < 1 || ofConsumer < 1)
            throw new IllegalArgumentException("SHUQIAO_RUN_… must be 1 or more");
        if (!longest.isPositive())
            throw new IllegalArgumentException("SHUQIAO_RUN_LONGEST must be longer than nothing");
        this.workers = workers;
        this.ofSource = ofSource;
        this.ofProvider = ofProvider;
        this.ofConsumer = ofConsumer;
        this.longest = longest;
    }
}
