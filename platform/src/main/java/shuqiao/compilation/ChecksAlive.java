package shuqiao.compilation;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;

/** Tells the other platforms how far the trials and imports of this one are. */
@Component
class ChecksAlive extends Beat {

    private final Checks checks;

    ChecksAlive(Checks checks) {
        super("trials", Duration.ofSeconds(2));
        this.checks = checks;
    }

    @Override
    protected boolean turn() {
        checks.showProgress();
        return false;
    }
}
