package shuqiao.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.WireFailure.Cut;
import shuqiao.engine.WireFailure.DatabaseError;
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

    private static final int CANCEL_REQUEST = 80877102;

    /** Ours alone: nothing that a function of the department could tell a difference by. */
    private static final String SETTINGS =
            "set search_path = ''; set client_min_messages = 'warning'; set synchronize_seqscans = off";

    /** Sets our limits where the role has no stricter ones; answers the role's, in ms. */
    private static final String LIMITS =
            """
            select own.locks, own.statements,
              case when $1::int8 > 0 and (own.statements = 0 or own.statements > $1::int8) then set_config('statement_timeout', $1::int8::text, false) end,
              case when $2::int8 > 0 and (own.locks = 0 or own.locks > $2::int8) then set_config('lock_timeout', $2::int8::text, false) end
            from (select (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::int8 as statements,
              (extract(epoch from current_setting('lock_timeout')::interval) * 1000)::int8 as locks) own
            """;

    /**
     * One that fits into the cache of the server's processor costs it a sixth less than a chunk.
     */
    private static final int FRAME_MAX = 32 << 10;

    /** Rows of one answer; what has more is copied, not asked. */
    static final int ROWS_MAX = 100_000;

    /** Bytes of the rows of one answer. */
    static final int BYTES_MAX = 32 << 20;

    /** A column number is a 16-bit number; PostgreSQL's most is 1,664. */
    private static final int VALUES_MAX = 1_664;

    /** Notices and the like in the answer to one statement. */
    private static final int NOTICES_MAX = 1_000_000;

    /** A server has some twenty settings to tell after a login. */
    private static final int NOTICES_OF_LOGIN_MAX = 1_000;

    private static final String KNOWN_MESSAGES = "123ACDEGHIKNSTWZcdnstv";
    private static final int VERSION_MAX = 64;

    /** The oldest release of PostgreSQL that answers all that we ask. */
    static final int MAJOR_MIN = 12;

    private static final int COUNT_DIGITS_MAX = 18;
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
    private volatile boolean stalled;
    private volatile long slowSeconds;
    private int noticesMax = NOTICES_OF_LOGIN_MAX;
    private int pid;
    private int key;
    private String serverVersion = "";
    private String serverEncoding = "";
    private boolean pooled;
    private @Nullable Deadline life;
    private long lockTimeout;
    private long statementTimeout;
    private StatementLimit statementLimit = StatementLimit.NONE;
    private boolean idle;

    private WireConnection(Side side, Endpoint endpoint, Socket socket, Socket line)
            throws IOException {
        this.side = side;
        this.endpoint = endpoint;
        this.socket = socket;
        this.line = line;
        this.watch = new LineWatch(this, here(endpoint, line.getInetAddress()));
        this.in = new WireInput(socket.getInputStream(), watch);
        this.out = socket.getOutputStream();
    }

    /**
     * Connects and logs in.
     *
     * @throws EngineFailure unreachable, TLS failed, password refused, database gone, too many
     *     connections
     */
    static WireConnection open(Side side, Endpoint endpoint) {
        var connection = unwatched(side, endpoint);
        connection.patience(Duration.ZERO);
        connection.watch.start();
        return connection;
    }

    /** For a few quick questions: each answer is waited for as long as the login's. */
    static WireConnection unwatched(Side side, Endpoint endpoint) {
        var login = new Login(side, endpoint);
        var most = endpoint.limits().connectTimeout();
        try (var deadline = Deadline.of(most, login::abandon)) {
            try {
                return unwatched(side, endpoint, login);
            } catch (EngineFailure | IOException e) {
                if (deadline.passed()) throw login.failure(Reason.UNREACHABLE, late(deadline, e));
                if (e instanceof EngineFailure failure) throw failure;
                if (e instanceof StrangeAnswer strange) throw Failures.of(side, strange);
                throw login.failure(Reason.UNREACHABLE, e);
            }
        }
    }

    private static WireConnection unwatched(Side side, Endpoint endpoint, Login login)
            throws IOException {
        var connection = loggedIn(side, endpoint, login);
        try {
            connection.requireYoungEnough();
            connection.pooled = Pooler.stands(connection);
            if (connection.pooled) Pooler.requireSession(connection, endpoint);
            connection.settle(endpoint.limits());
            endpoint.gate().ifPresent(gate -> gate.accept(Database.identity(connection)));
            return connection;
        } catch (DatabaseError e) {
            close(connection.socket);
            throw login.refusal(e); // a lost database is told after the password was taken
        } catch (WireFailure e) {
            close(connection.socket);
            throw Failures.of(e);
        } catch (IOException | RuntimeException e) {
            close(connection.socket);
            throw e;
        }
    }

    private static WireConnection loggedIn(Side side, Endpoint endpoint, Login login)
            throws IOException {
        var socket = login.connect();
        try {
            var connection = new WireConnection(side, endpoint, socket, login.line());
            login.authenticate(
                    connection.in, connection.out, endpoint.tls().mode() != Tls.Mode.DISABLE);
            connection.ready();
            return connection;
        } catch (DatabaseError e) {
            close(socket);
            throw login.refusal(e);
        } catch (IOException | RuntimeException e) {
            close(socket);
            throw e;
        }
    }

    /**
     * Without settings of ours and whatever stands between: to look who answers. It ends with the
     * time that a login may take.
     */
    static WireConnection bare(Side side, Endpoint endpoint) throws IOException {
        var login = new Login(side, endpoint);
        var life = Deadline.of(endpoint.limits().connectTimeout(), login::abandon);
        try {
            var connection = loggedIn(side, endpoint, login);
            connection.life = life;
            return connection;
        } catch (IOException | RuntimeException e) {
            life.close();
            throw e;
        }
    }

    /**
     * Nothing is set before it is known that the session is ours alone. A stricter limit that the
     * role has of its own stays.
     */
    private void settle(Limits limits) {
        run(SETTINGS);
        lockTimeout = limits.lockTimeout().toMillis();
        statementTimeout = limits.statementTimeout().toMillis();
        if (statementTimeout > 0) statementLimit = StatementLimit.OURS;
        var own = one(LIMITS, String.valueOf(statementTimeout), String.valueOf(lockTimeout));
        if (isStricter(own.number(0), lockTimeout)) lockTimeout = own.number(0);
        if (!isStricter(own.number(1), statementTimeout)) return;
        statementTimeout = own.number(1);
        statementLimit = StatementLimit.ROLE;
    }

    /** Milliseconds, 0 for no end. */
    private static boolean isStricter(long limit, long other) {
        return limit > 0 && (other == 0 || limit < other);
    }

    /**
     * Inside a transaction of a session that is opened for quick questions only: no statement takes
     * longer, nor than the endpoint and the role allow.
     */
    void bound(Duration patience) {
        if (!isStricter(patience.toMillis(), statementTimeout)) return;
        run("set local statement_timeout = " + patience.toMillis());
        statementLimit = StatementLimit.OURS;
    }

    /**
     * What the endpoint and the role allow us to wait for a lock, in milliseconds; 0 for no end.
     */
    long lockTimeout() {
        return lockTimeout;
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

    /** What a server tells of itself, and that it waits for us. */
    private void ready() throws IOException {
        finish(new Answer());
        in.loggedIn();
        noticesMax = NOTICES_MAX;
    }

    private static IOException late(Deadline deadline, Exception cause) {
        return new IOException("no login within " + deadline.most().toSeconds() + " s", cause);
    }

    Side side() {
        return side;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** For a further session with the very server of this one, of several with one name. */
    Endpoint here() {
        return here(endpoint, line.getInetAddress());
    }

    /** Whether the server runs on this machine, whose processors it then shares with us. */
    boolean isLocal() {
        return line.getInetAddress().isLoopbackAddress();
    }

    private static Endpoint here(Endpoint endpoint, InetAddress peer) {
        return endpoint.within((_, _) -> List.of(peer));
    }

    Limits limits() {
        return endpoint.limits();
    }

    /** The server process of this session. */
    int pid() {
        return pid;
    }

    String serverVersion() {
        return serverVersion;
    }

    /** In which its database keeps texts, as it calls it; empty where it does not say. */
    String serverEncoding() {
        return serverEncoding;
    }

    /** 14 for 14.2; 0 for what does not begin with a number. */
    int serverMajor() {
        var end = 0;
        while (end < serverVersion.length()
                && end < 4
                && serverVersion.charAt(end) >= '0'
                && serverVersion.charAt(end) <= '9') end++;
        return end == 0 ? 0 : Integer.parseInt(serverVersion.substring(0, end));
    }

    /**
     * Before anything is asked: what is older lacks what we ask.
     *
     * @throws EngineFailure server-too-old
     */
    private void requireYoungEnough() {
        var major = serverMajor();
        if (major == 0 || major >= MAJOR_MIN) return;
        throw new EngineFailure(
                Reason.SERVER_TOO_OLD,
                Map.of(
                        "side", side.key(),
                        "version", serverVersion,
                        "least", String.valueOf(MAJOR_MIN)));
    }

    /**
     * Runs one or more statements without parameters; texts are ours alone. Returns the rows of the
     * last tag that has some.
     */
    long run(String sql) {
        return call(() -> {
            send(new Packet().message('Q').text(sql).end().toBytes());
            return finish(new Answer());
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
     * @throws WireFailure.Strange for an answer of more than {@link #ROWS_MAX} rows or {@link
     *     #BYTES_MAX} bytes
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
            var answer = new Answer();
            finish(answer);
            return answer.rows;
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
        return call(() -> finish(new Answer()));
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
            if (in.ready()) complaints();
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
            return finish(new Answer());
        });
    }

    /** Gives up a copy in; the server forgets what it got. */
    void failCopyIn() {
        try {
            send(new Packet().message('f').text("given up").end().toBytes());
            finish(new Answer());
        } catch (IOException | WireFailure _) {
            // what we asked for is that it fails
        }
    }

    /** Asks the server to stop what this session does, over a second connection. Never throws. */
    void cancel() {
        var login = new Login(side, endpoint);
        var most = endpoint.limits().connectTimeout();
        try (var _ = Deadline.of(most, login::abandon);
                var other = login.connect(line.getInetAddress())) {
            other.getOutputStream()
                    .write(
                            new Packet()
                                    .message(0)
                                    .number(CANCEL_REQUEST)
                                    .number(pid)
                                    .number(key)
                                    .end()
                                    .toBytes());
            other.shutdownOutput();
            while (other.getInputStream().read() >= 0) {
                // the server answers by closing
            }
        } catch (IOException | UnsupportedOperationException | EngineFailure _) {
            // the session is ended by abort() if this did not reach it
        }
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
            if (idle) awaitEnd();
            socket.close();
        } catch (IOException | WireFailure _) {
            // already gone
        }
        close(line);
        watch.end();
        watch.close();
        if (life != null) life.close();
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
        idle = false;
        watch.begin();
        try {
            out.write(bytes, from, to - from);
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
                finish(new Answer());
            } catch (IOException _) {
                // it did not
            }
            throw broken;
        }
    }

    private void startCopy(String sql, int expected) throws IOException {
        send(new Packet().message('Q').text(sql).end().toBytes());
        for (var messages = 0; messages < noticesMax; messages++) {
            var type = in.peek();
            if (type == expected) {
                in.body();
                return;
            }
            if (type == 'E' || type == 'Z') {
                finish(new Answer());
                throw new IOException("the server did not start the copy");
            }
            in.body();
        }
        throw StrangeAnswer.of("more than " + noticesMax + " messages");
    }

    private DatabaseError complaint(byte[] body) {
        return ErrorFields.parse(side, body).under(statementLimit);
    }

    private void complaints() throws IOException {
        while (in.ready()) {
            var type = in.peek();
            var body = in.body();
            if (type != 'E') continue;
            var error = complaint(body);
            try {
                finish(new Answer());
            } catch (IOException _) {
                // a fatal one: the line is gone, and was cut because of it
            }
            throw error;
        }
    }

    /** The rows of one answer, as many as we read. */
    private final class Answer {
        private final List<Row> rows = new ArrayList<>();
        private int bytes;

        void add() throws IOException {
            var length = in.frameLength();
            if (rows.size() == ROWS_MAX || length > BYTES_MAX - bytes)
                throw StrangeAnswer.tooLarge(ROWS_MAX, BYTES_MAX);
            bytes += length;
            rows.add(row(in.body(BYTES_MAX)));
        }
    }

    /** Reads until the server is ready again; throws what it complained about, if it did. */
    private long finish(Answer answer) throws IOException {
        long count = 0;
        DatabaseError error = null;
        for (var messages = 0; ; messages++) {
            if (messages - answer.rows.size() > noticesMax)
                throw StrangeAnswer.of("more than " + noticesMax + " messages");
            int type;
            try {
                type = in.peek();
            } catch (IOException e) {
                if (error != null) throw error; // a fatal one: the server hung up after saying why
                throw e;
            }
            if (KNOWN_MESSAGES.indexOf(type) < 0 || type == 'D' && !in.isLoggedIn())
                throw StrangeAnswer.of("an unknown message");
            if (type == 'D') {
                answer.add();
                continue;
            }
            var body = in.body();
            switch (type) {
                case 'Z' -> {
                    idle = true;
                    if (error != null) throw error;
                    return count;
                }
                case 'E' -> error = error == null ? complaint(body) : error;
                case 'C' -> count = count(count, body);
                case 'K' -> {
                    if (body.length < 8) throw StrangeAnswer.of("a key of a session that is none");
                    pid = ByteBuffer.wrap(body).getInt(0);
                    key = ByteBuffer.wrap(body).getInt(4);
                }
                case 'S' -> {
                    var words = new String(body, StandardCharsets.UTF_8).split("\0", 3);
                    if (words.length == 3 && words[0].equals("server_version"))
                        serverVersion = Shown.line(words[1], VERSION_MAX);
                    if (words.length == 3 && words[0].equals("server_encoding"))
                        serverEncoding = Shown.line(words[1], VERSION_MAX);
                }
                default -> {
                    // notices, row descriptions, completions: nothing to do
                }
            }
        }
    }

    /** Of several statements the last one that counts. */
    private static long count(long before, byte[] body) throws StrangeAnswer {
        var tag = new String(body, StandardCharsets.US_ASCII).replace("\0", "");
        var last = tag.substring(tag.lastIndexOf(' ') + 1);
        if (!last.matches("[0-9]+")) return before;
        if (last.length() > COUNT_DIGITS_MAX) throw StrangeAnswer.of("a count beyond all numbers");
        return Long.parseLong(last);
    }

    private Row row(byte[] body) throws StrangeAnswer {
        var bytes = ByteBuffer.wrap(body);
        try {
            var count = bytes.getShort();
            if (count < 0 || count > VALUES_MAX)
                throw StrangeAnswer.of("a row of " + count + " values");
            var values = new @Nullable String[count];
            for (var i = 0; i < count; i++) {
                var length = bytes.getInt();
                if (length < 0) continue;
                values[i] = value(body, bytes.position(), length);
                bytes.position(bytes.position() + length);
            }
            return Row.of(side, values);
        } catch (BufferUnderflowException | IllegalArgumentException cutShort) {
            throw StrangeAnswer.of("a row that is cut short");
        }
    }

    private static String value(byte[] body, int at, int length) throws StrangeAnswer {
        if (length > body.length - at) throw StrangeAnswer.of("a row that is cut short");
        for (var i = at; i < at + length; i++)
            if (body[i] == 0) throw StrangeAnswer.of("a text with a null character");
        return new String(body, at, length, StandardCharsets.UTF_8);
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

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // nothing more can be done with it
        }
    }
}
