package shuqiao.engine;

import java.net.InetAddress;

/**
 * A session with a database that serves several questions, one after the other, by {@link
 * Database}. Before each but the first it is made as it was after its login. For one thread at a
 * time.
 */
public final class HeldSession implements AutoCloseable {

    private final WireConnection session;
    private boolean fresh = true;

    private HeldSession(WireConnection session) {
        this.session = session;
    }

    /**
     * Opens one.
     *
     * @throws EngineFailure as every question may
     */
    public static HeldSession open(Side side, Endpoint endpoint) {
        return new HeldSession(WireConnection.open(side, endpoint));
    }

    /** The address that was dialled. */
    public InetAddress peer() {
        return session.peer();
    }

    /**
     * Forgets whatever the last question set, made, prepared or locked there.
     *
     * @throws EngineFailure when it is of no use any more: the line is dead, or a transaction open
     */
    public void renew() {
        if (fresh) return;
        try {
            session.within(
                    session.endpoint().limits().connectTimeout(),
                    () -> {
                        session.run("discard all");
                        session.settle();
                        return true;
                    });
        } catch (WireFailure e) {
            throw Failures.of(e);
        }
        fresh = true;
    }

    /** Cuts the line, whatever waits for it; from any thread. */
    public void abort() {
        session.abort();
    }

    WireConnection next() {
        renew();
        fresh = false;
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
