package shuqiao.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.WireFailure.Cut;
import shuqiao.engine.WireFailure.Slow;
import shuqiao.engine.WireFailure.Strange;

/**
 * One session with a PostgreSQL server over protocol 3.0. Used by one thread; {@link #cancel} and
 * {@link #abort} by any.
 *
 * <p>A session keeps the settings of its role, because a department's views, triggers and functions
 * run in it. Only the search path is empty while we ask, so that nobody's function or operator
 * stands in for a built-in one; {@link #theirs} gives the role its own back.
 */
final class WireConnection implements AutoCloseable {

    /**
     * One that fits into the cache of the server's processor costs it a sixth less than a chunk.
     */
    private static final int FRAME_MAX = 32 << 10;

    private static final Duration LAST_WORD = Duration.ofSeconds(10);

    /** For a server's process to end after we have gone. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Side side;
    private final Endpoint endpoint;
    private final Socket socket;
    private final WireInput in;
    private final OutputStream out;
    private final Socket line;
    private final LineWatch watch;
    private final ServerAnswers answers;
    private final SessionLimits limits = new SessionLimits(this);
    private volatile boolean stalled;
    private volatile long slowSeconds;
    private boolean pooled;
    private @Nullable Deadline life;
    private SessionWatch.@Nullable Ear ear;
    private long sent;

    WireConnection(Side side, Endpoint endpoint, Socket socket, Socket line) throws IOException {
        this.side = side;
        this.endpoint = endpoint;
        this.socket = socket;
        this.line = line;
        this.watch = new LineWatch(this, here());
        this.in = new WireInput(socket.getInputStream(), watch);
        this.out = socket.getOutputStream();
        this.answers = new ServerAnswers(side, in);
    }

    /**
     * Connects and logs in.
     *
     * @throws EngineFailure unreachable, TLS failed, password refused, database gone, too many
     *     connections
     */
    static WireConnection open(Side side, Endpoint endpoint) {
        var connection = Opening.unwatched(side, endpoint);
        connection.patience(Duration.ZERO);
        connection.watch.start();
        return connection;
    }

    void heardBy(SessionWatch.Ear hears) {
        ear = hears;
    }

    void logIn(Login login) throws IOException {
        login.authenticate(in, out, endpoint.tls().mode() != Tls.Mode.DISABLE);
        answers.loggedIn();
    }

    /** Whether something stands between us and the server; then it gets its session back clean. */
    boolean findPooler() {
        pooled = Pooler.stands(this);
        return pooled;
    }

    void settle() {
        limits.settle(endpoint.limits());
    }

    /** It is cut with this deadline, which ends with it. */
    void endsWith(Deadline deadline) {
        life = deadline;
    }

    /** Without a word of farewell: it was not to be. */
    void drop() {
        close(socket);
    }

    void boundBy(StatementLimit limit) {
        answers.boundBy(limit);
    }

    /** As {@link SessionLimits#bound}. */
    void bound(Duration patience) {
        limits.bound(patience);
    }

    /** As {@link SessionLimits#lockTimeout}. */
    long lockTimeout() {
        return limits.lockTimeout();
    }

    /**
     * Inside a transaction, under the role's own search path, as for every other client: for
     * statements in which functions of the department may run. The texts name every schema.
     */
    <T> T theirs(Supplier<T> work) {
        run("set local search_path to default");
        var done = work.get();
        run("set local search_path = ''");
        return done;
    }

    /** As {@link #theirs}: one statement. Returns its rows by the server's count. */
    long runTheirs(String sql) {
        return run("set local search_path to default; " + sql + "; set local search_path = ''");
    }

    Side side() {
        return side;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** The address that was dialled. */
    InetAddress peer() {
        return line.getInetAddress();
    }

    /** Whether the server has answered everything and waits. */
    boolean isIdle() {
        return answers.isIdle();
    }

    /** For a further session with the very server of this one, of several with one name. */
    Endpoint here() {
        var peer = peer();
        return endpoint.within((_, _) -> List.of(peer));
    }

    /** Whether the server runs on this machine, whose processors it then shares with us. */
    boolean isLocal() {
        return line.getInetAddress().isLoopbackAddress();
    }

    /** The server process of this session. */
    int pid() {
        return answers.pid();
    }

    String serverVersion() {
        return answers.serverVersion();
    }

    /** In which its database keeps texts, as it calls it; empty where it does not say. */
    String serverEncoding() {
        return answers.serverEncoding();
    }

    /** 14 for 14.2; 0 for what does not begin with a number. */
    int serverMajor() {
        return answers.serverMajor();
    }

    /**
     * Runs one or more statements without parameters; texts are ours alone. Returns the rows of the
     * last tag that has some.
     */
    long run(String sql) {
        return call(() -> {
            send(new Packet().message('Q').text(sql).end().toBytes());
            return answers.counted();
        });
    }

    /**
     * What a question that has exactly one row for an answer was answered.
     *
     * @throws WireFailure.Strange when it has another number of rows
     */
    Row one(String sql, String... parameters) {
        var rows = query(sql, parameters);
        if (rows.size() == 1) return rows.getFirst();
        throw new Strange(side, StrangeAnswer.of(rows.size() + " rows instead of one"));
    }

    /**
     * Ends what is asked inside when it takes longer in all; the session is of no use afterwards.
     *
     * @throws WireFailure.Slow when it did
     */
    <T> T within(Duration most, Supplier<T> questions) {
        try (var deadline = Deadline.of(most, () -> cutAsSlow(most))) {
            return questions.get();
        }
    }

    /**
     * Runs one statement; parameters are sent beside it, never in it.
     *
     * @throws WireFailure.Strange for an answer of more than {@link ServerAnswers#ROWS_MAX} rows or
     *     {@link ServerAnswers#BYTES_MAX} bytes
     */
    List<Row> query(String sql, String... parameters) {
        return call(() -> {
            var packet = new Packet().message('P').text("").text(sql).small(0).end();
            packet.message('B').text("").text("").small(0).small(parameters.length);
            for (var parameter : parameters) {
                var bytes = parameter.getBytes(StandardCharsets.UTF_8);
                packet.number(bytes.length).data(bytes);
            }
            packet.small(0).end();
            packet.message('E').text("").number(0).end().message('S').end();
            send(packet.toBytes());
            return answers.rows();
        });
    }

    /** Starts a COPY … TO STDOUT. */
    CopyOut copyOut(String sql) {
        return call(() -> {
            startCopy(sql, 'H');
            return new CopyOut(in);
        });
    }

    /** Starts a COPY … TO STDOUT whose rows are looked at one by one. */
    CopyRows copyRows(String sql) {
        return call(() -> {
            startCopy(sql, 'H');
            return new CopyRows(in);
        });
    }

    /** After the last chunk of a copy out: rows by the server's own count. */
    long endCopyOut() {
        return call(() -> answers.counted());
    }

    /** Starts a COPY … FROM STDIN. */
    void copyIn(String sql) {
        call(() -> {
            startCopy(sql, 'G');
            return 0;
        });
    }

    /**
     * Sends a part of a chunk in frames, unless the server has complained meanwhile. The bytes
     * before each frame are overwritten, when they have been sent.
     */
    void write(Chunk chunk, int from, int to) {
        call(() -> {
            if (in.ready()) answers.complaints();
            for (var at = from; at < to; at += FRAME_MAX) {
                var end = Math.min(at + FRAME_MAX, to);
                var start = at - Chunk.HEADER;
                ByteBuffer.wrap(chunk.bytes).put(start, (byte) 'd').putInt(start + 1, end - at + 4);
                sendOrHearWhy(chunk.bytes, start, end);
            }
            return 0;
        });
    }

    /** Ends a copy in: rows by the server's own count. */
    long endCopyIn() {
        return call(() -> {
            send(new Packet().message('c').end().toBytes());
            return answers.counted();
        });
    }

    /** Gives up a copy in; the server forgets what it got. */
    void failCopyIn() {
        try {
            send(new Packet().message('f').text("given up").end().toBytes());
            answers.counted();
        } catch (IOException | WireFailure _) {
            // what we asked for is that it fails
        }
    }

    /** Asks the server to stop what this session does, over a second connection. Never throws. */
    void cancel() {
        CancelRequest.send(side, endpoint, line.getInetAddress(), answers.pid(), answers.key());
    }

    /** Cuts the line at once, whatever waits for it. */
    void abort() {
        close(line);
    }

    /** As {@link #abort}; the session's thread will say why. */
    void cutAsStalled() {
        stalled = true;
        abort();
    }

    private void cutAsSlow(Duration most) {
        slowSeconds = Math.max(1, most.toSeconds());
        abort();
    }

    /** What a broken line means. */
    WireFailure cut(IOException broken) {
        if (broken instanceof StrangeAnswer answer) {
            abort(); // what else it says is not read
            return new Strange(side, answer);
        }
        if (slowSeconds > 0) return new Slow(side, broken, slowSeconds);
        return new Cut(side, broken, stalled ? Math.max(1, watch.silence().toSeconds()) : 0);
    }

    /** For waits that must be bounded; zero for as long as it takes. */
    void patience(Duration readTimeout) {
        call(() -> {
            socket.setSoTimeout((int) readTimeout.toMillis());
            return 0;
        });
    }

    @Override
    public void close() {
        watch.begin();
        try (var _ = Deadline.of(LAST_WORD, this::abort)) {
            // a pooler hands the server's session to others: not before it is as it was
            if (pooled) run("discard all");
            out.write(new Packet().message('X').end().toBytes());
            if (answers.isIdle()) awaitEnd();
            socket.close();
        } catch (IOException | WireFailure _) {
            // already gone
        }
        close(line);
        watch.end();
        watch.close();
        if (life != null) life.close();
        var hears = ear;
        ear = null;
        if (hears != null) hears.closed(in.received(), sent);
    }

    /**
     * The server gives the place of a session back when its process ends, not when we hang up:
     * whoever counts connections, we ourselves or a DBA for the role, is not to find one too many.
     */
    private void awaitEnd() throws IOException {
        try (var _ = Deadline.of(GOODBYE, this::abort)) {
            while (socket.getInputStream().read() >= 0) {
                // what it still says is of no use
            }
        }
    }

    private void send(byte[] bytes) throws IOException {
        send(bytes, 0, bytes.length);
    }

    private void send(byte[] bytes, int from, int to) throws IOException {
        answers.asked();
        watch.begin();
        try {
            out.write(bytes, from, to - from);
            sent += to - from;
        } finally {
            watch.end();
        }
    }

    /** A server that hung up while we were sending may have said why before. */
    private void sendOrHearWhy(byte[] bytes, int from, int to) throws IOException {
        try {
            send(bytes, from, to);
        } catch (IOException broken) {
            try {
                socket.setSoTimeout((int) GOODBYE.toMillis());
                answers.counted();
            } catch (IOException _) {
                // it did not
            }
            throw broken;
        }
    }

    private void startCopy(String sql, int expected) throws IOException {
        send(new Packet().message('Q').text(sql).end().toBytes());
        answers.copyBegins(expected);
    }

    private interface Exchange<T> {
        T run() throws IOException;
    }

    private <T> T call(Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (IOException e) {
            throw cut(e);
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // nothing more can be done with it
        }
    }
}
