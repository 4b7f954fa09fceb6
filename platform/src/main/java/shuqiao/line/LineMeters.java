package shuqiao.line;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What measurements see of the lines; asked once for each scrape. */
@Component
class LineMeters implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(LineMeters.class);

    private final RecordTable records;
    private final InstantSource clock;
    private volatile long last;

    LineMeters(RecordTable records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("shuqiao.line.alone", this, LineMeters::alone)
                .description("sources that are not dialled for a while, since they did not answer")
                .register(meters);
    }

    /** The last known where the database is away, which is told by others. */
    private long alone() {
        try {
            last = records.alone(clock.instant());
        } catch (DataAccessException away) {
            LOG.debug("sources left alone were not counted: {}", away.toString());
        }
        return last;
    }
}
