package shuqiao.exchange;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;

/** Removes files whose time is over from this machine: each platform has its own. */
@Component
class FileSweep extends Beat {

    private final RunFiles files;

    FileSweep(RunFiles files) {
        super("file sweep", Duration.ofMinutes(1));
        this.files = files;
    }

    @Override
    protected boolean turn() {
        files.sweep();
        return false;
    }
}
