package shuqiao.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Outage;

/**
 * Lets a program repeat an unsafe call that may have got through: the same key and content are
 * answered as the first time. The answer is kept before it is sent, so whoever has seen it will see
 * it again. A call that dies with its process leaves its key taken for five minutes, then it may be
 * made again; one that lives is seen each minute and keeps its key however long it takes.
 *
 * <p>It is no store: long answers are given and not kept, and one caller has so many keys and bytes
 * a day.
 */
class IdempotencyFilter extends OncePerRequestFilter {

    static final String KEY = "Idempotency-Key";
    static final String REPLAY = "Idempotent-Replay";
    private static final int KEY_MAX = 200;
    private static final int BODY_MAX_MB = 21;

    /** Bytes of an answer that is kept. */
    static final int ANSWER_MAX = 64 * 1024;

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Their answers hold secrets that are shown once, so they are not written down. */
    private static final List<String> NOT_KEPT = List.of("/api/v1/users", "/api/v1/clients");

    private static final List<String> HEADERS =
            List.of("Content-Type", "Location", "Content-Language", "ETag");

    /** A call under way, by the row that it holds. */
    private record Claim(String actor, String key, Instant begun) {}

    private final Set<Claim> underWay = ConcurrentHashMap.newKeySet();
    private final AnsweredTable table;
    private final Problems problems;
    private final InstantSource clock;

    IdempotencyFilter(AnsweredTable table, Problems problems, InstantSource clock) {
        this.table = table;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(KEY) == null
                || SAFE.contains(request.getMethod())
                || request.getAttribute(Actor.ATTRIBUTE) == null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = request.getHeader(KEY);
        if (key.length() > KEY_MAX) {
            refuse(request, response, 422, "key-too-long", Map.of("max", KEY_MAX));
            return;
        }
        var type = request.getContentType();
        if (type != null && type.startsWith("multipart/")) {
            refuse(request, response, 422, "multipart", Map.of());
            return;
        }
        var body = request.getInputStream().readNBytes(BODY_MAX_MB * 1024 * 1024 + 1);
        if (body.length > BODY_MAX_MB * 1024 * 1024) {
            problems.write(request, response, 413, "too-large", Map.of("max", BODY_MAX_MB));
            return;
        }
        var actor = ((Actor) request.getAttribute(Actor.ATTRIBUTE)).subject();
        var digest = digest(request, body);
        // as exact as the database keeps it: the row is found again by it
        var begun = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (table.begin(actor, key, digest, begun))
            call(new KeptBody(request, body), response, chain, actor, key, begun);
        else repeat(request, response, actor, key, digest);
    }

    private void call(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            String actor,
            String key,
            Instant begun)
            throws ServletException, IOException {
        var answer = new ContentCachingResponseWrapper(response);
        var claim = new Claim(actor, key, begun);
        var kept = false;
        underWay.add(claim);
        try {
            chain.doFilter(request, answer);
            if (worthKeeping(answer.getStatus())) {
                var unkept =
                        NOT_KEPT.stream().anyMatch(request.getRequestURI()::startsWith)
                                || answer.getContentSize() > ANSWER_MAX
                                || table.bytes(actor) + answer.getContentSize()
                                        > AnsweredTable.BYTES_MAX;
                table.finish(
                        actor,
                        key,
                        begun,
                        answer.getStatus(),
                        unkept ? Map.of() : headers(answer),
                        unkept ? null : answer.getContentAsByteArray());
                kept = true;
            }
        } finally {
            underWay.remove(claim);
            if (!kept) forget(actor, key, begun);
        }
        answer.copyBodyToResponse();
    }

    /** Called each minute: keeps the keys of the calls under way. */
    void keepAlive() {
        var now = clock.instant();
        for (var claim : underWay) table.seen(claim.actor(), claim.key(), claim.begun(), now);
    }

    /** When the database has gone away under the call, the key is freed as soon as it is back. */
    private void forget(String actor, String key, Instant begun) {
        try {
            table.forget(actor, key, begun);
        } catch (RuntimeException away) {
            if (!Outage.isBehind(away)) throw away;
            Thread.ofVirtual().name("forget").start(() -> forgetLater(actor, key, begun));
        }
    }

    private void forgetLater(String actor, String key, Instant begun) {
        var last = clock.instant().plus(AnsweredTable.LOST_AFTER);
        while (clock.instant().isBefore(last)) {
            try {
                TimeUnit.MILLISECONDS.sleep(500);
                table.forget(actor, key, begun);
                return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException away) {
                if (!Outage.isBehind(away)) throw away;
            }
        }
    }

    private void repeat(
            HttpServletRequest request,
            HttpServletResponse response,
            String actor,
            String key,
            String digest)
            throws IOException {
        var known = table.find(actor, key).orElse(null);
        if (known != null && !known.digest().equals(digest)) {
            refuse(request, response, 422, "other-content", Map.of("key", key));
        } else if (known == null && table.isFull(actor)) {
            refuse(request, response, 429, "quota", Map.of("max", table.keysMax()));
        } else if (known == null || known.status() == null) {
            // gone meanwhile: it came to nothing a moment ago, and may be tried again
            response.setHeader("Retry-After", "2");
            refuse(request, response, 409, "in-progress", Map.of());
        } else if (known.body() == null) {
            refuse(request, response, 409, "not-kept", Map.of());
        } else {
            response.setStatus(known.status());
            known.headers().forEach(response::setHeader);
            response.setHeader(REPLAY, "true");
            response.getOutputStream().write(known.body());
        }
    }

    /** A fault of ours or of the moment may end otherwise the next time. */
    private static boolean worthKeeping(int status) {
        return status < 500 && status != 408 && status != 429;
    }

    private static Map<String, String> headers(HttpServletResponse answer) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : HEADERS) {
            var value =
                    name.equals("Content-Type") ? answer.getContentType() : answer.getHeader(name);
            if (value != null) headers.put(name, value);
        }
        return headers;
    }

    private static String digest(HttpServletRequest request, byte[] body) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var head =
                    request.getMethod()
                            + ' '
                            + request.getRequestURI()
                            + '?'
                            + request.getQueryString()
                            + '\n';
            sha256.update(head.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String key,
            Map<String, Object> facts)
            throws IOException {
        problems.write(request, response, status, "idempotency:" + key, facts);
    }
}
