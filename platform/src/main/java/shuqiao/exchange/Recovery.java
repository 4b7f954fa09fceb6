package shuqiao.exchange;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.engine.Attempt;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Fate;
import shuqiao.kernel.Refusal;
import shuqiao.line.Line;
import shuqiao.line.Occasion;
import shuqiao.line.Use;
import shuqiao.source.Sources;

/**
 * Asks the target what became of an attempt that had its last word and was lost sight of, before
 * anything else happens to its run: what was committed gets its receipt, whatever ended meanwhile.
 */
@Component
class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** A target that is silent for so long is not asked any more; the ledger says so. */
    static final Duration ASK_MAX = Duration.ofDays(1);

    private static final Duration PAUSE_MIN = Duration.ofSeconds(2);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    private static final Duration HOURS_CHECK = Duration.ofMinutes(1);

    /** What a worker is to do now. */
    enum Found {
        /** Go on: nothing is left to be known. */
        NOTHING,
        /** The run is over, or waits for the target's answer. */
        ENOUGH
    }

    private final IntentTable intents;
    private final RunEnds ends;
    private final Sources sources;
    private final Line line;
    private final InstantSource clock;

    Recovery(IntentTable intents, RunEnds ends, Sources sources, Line line, InstantSource clock) {
        this.intents = intents;
        this.ends = ends;
        this.sources = sources;
        this.line = line;
        this.clock = clock;
    }

    Found find(Lease lease) {
        var open = intents.open(lease.run().id());
        if (open.isEmpty() || !(lease.run().target() instanceof Run.Target.Table table))
            return Found.NOTHING;
        var intent = open.get();
        var now = clock.instant();
        var source = sources.find(table.source());
        if (!source.map(it -> it.allows(now)).orElse(true)) {
            ends.putBack(lease, HOURS_CHECK, Run.Waiting.HOURS);
            return Found.ENOUGH;
        }
        try {
            return settled(
                    lease,
                    intent,
                    source.isEmpty() ? Fate.UNKNOWN : ask(table, intent, lease.run().number()));
        } catch (EngineFailure | Refusal silent) {
            if (intent.notedAt().plus(ASK_MAX).isBefore(now))
                return settled(lease, intent, Fate.UNKNOWN);
            LOG.warn(
                    "run {}: the target does not say whether attempt {} was committed: {}",
                    lease.run().id(),
                    intent.attempt(),
                    silent.getMessage());
            ends.putBack(lease, pause(Duration.between(intent.notedAt(), now)), Run.Waiting.ANSWER);
            return Found.ENOUGH;
        }
    }

    private Fate ask(Run.Target.Table table, Intent intent, String number) {
        return line.ask(
                sources.place(table.source()),
                Use.platform(Occasion.ANSWER).about(number),
                target ->
                        target.fate(
                                intent.mark(),
                                new Attempt(intent.run(), intent.attempt()),
                                table.schema(),
                                table.table()));
    }

    private Found settled(Lease lease, Intent intent, Fate fate) {
        LOG.info(
                "run {}: attempt {} had its last word at {} and was {}",
                lease.run().id(),
                intent.attempt(),
                intent.notedAt(),
                fate);
        switch (fate) {
            case COMMITTED -> {
                ends.found(lease, intent);
                return Found.ENOUGH;
            }
            case ROLLED_BACK -> ends.nothingCame(intent);
            case UNKNOWN -> ends.unknown(lease, intent);
        }
        return Found.NOTHING;
    }

    private static Duration pause(Duration silentFor) {
        var pause = silentFor.dividedBy(4);
        if (pause.compareTo(PAUSE_MIN) < 0) return PAUSE_MIN;
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
}
