package shuqiao;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is asked of the platform's own database meanwhile, by threads whose name begins so. */
public final class Statements extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final String SAID = "Executing prepared SQL statement [";

    private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
    private final Level level = logger.getLevel();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final String thread;

    private Statements(String thread) {
        this.thread = thread;
        start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    /** Of this thread. */
    public static Statements here() {
        return new Statements(Thread.currentThread().getName());
    }

    /** Of those that answer over HTTP. */
    public static Statements overHttp() {
        return new Statements("tomcat-handler");
    }

    public List<String> all() {
        return List.copyOf(all);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var said = event.getFormattedMessage();
        if (event.getThreadName().startsWith(thread) && said.startsWith(SAID))
            all.add(said.substring(SAID.length()).replaceAll("\\s+", " "));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(level);
        logger.setAdditive(true);
    }
}
