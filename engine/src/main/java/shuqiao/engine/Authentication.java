package shuqiao.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The questions by which a server makes us prove who we are, in the only order that they may have:
 * one way to log in, once. Of SCRAM the server's own proof is part.
 */
final class Authentication {

    private static final int OK = 0;
    private static final int CLEAR_TEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private static final String SCRAM = "SCRAM-SHA-256";
    private static final Pattern MECHANISM = Pattern.compile("[A-Z0-9_-]{1,20}");

    /** openGauss asks under numbers that are PostgreSQL's for something else. */
    private static final Pattern HEX_SALT = Pattern.compile("[0-9a-fA-F]{64}");

    private enum State {
        NOTHING_ASKED,
        PASSWORD_SENT,
        SCRAM_BEGUN,
        SCRAM_ANSWERED,
        SERVER_PROVEN
    }

    private final Side side;
    private final Endpoint endpoint;
    private final boolean encrypted;
    private final Scram scram;
    private State state = State.NOTHING_ASKED;

    Authentication(Side side, Endpoint endpoint, boolean encrypted) {
        this.side = side;
        this.endpoint = endpoint;
        this.encrypted = encrypted;
        this.scram = new Scram(endpoint.password());
    }

    /**
     * Answers one question.
     *
     * @return what is to be sent, nothing but empty bytes where the server only told; absent when
     *     it is content
     * @throws EngineFailure when we do not log in in this way
     */
    Optional<byte[]> answer(byte[] body) throws IOException {
        if (body.length < 4) throw StrangeAnswer.of("a login question without a number");
        var kind = ByteBuffer.wrap(body).getInt();
        var rest = Arrays.copyOfRange(body, 4, body.length);
        return switch (kind) {
            case OK -> {
                if (state == State.SCRAM_BEGUN || state == State.SCRAM_ANSWERED)
                    throw refused(Reason.SERVER_NOT_PROVEN);
                yield Optional.empty();
            }
            case CLEAR_TEXT -> {
                require(State.NOTHING_ASKED);
                if (!encrypted) throw unprotected("password");
                state = State.PASSWORD_SENT;
                yield Optional.of(password(endpoint.password().reveal()));
            }
            case MD5 -> {
                require(State.NOTHING_ASKED);
                if (!encrypted) throw unprotected("MD5");
                if (rest.length != 4) throw StrangeAnswer.of("an MD5 salt of another length");
                state = State.PASSWORD_SENT;
                yield Optional.of(password(md5(rest)));
            }
            case SASL -> {
                require(State.NOTHING_ASKED);
                yield Optional.of(begin(rest));
            }
            case SASL_CONTINUE -> {
                if (state == State.NOTHING_ASKED && isOpenGauss(rest, 0))
                    throw refused(Reason.LOGIN_OF_OPENGAUSS);
                require(State.SCRAM_BEGUN);
                state = State.SCRAM_ANSWERED;
                var last = answered(text(rest)).getBytes(StandardCharsets.UTF_8);
                yield Optional.of(new Packet().message('p').data(last).end().toBytes());
            }
            case SASL_FINAL -> {
                require(State.SCRAM_ANSWERED);
                if (!scram.isProvenBy(text(rest))) throw refused(Reason.SERVER_NOT_PROVEN);
                state = State.SERVER_PROVEN;
                yield Optional.of(new byte[0]);
            }
            default -> throw unknown("kind " + kind);
        };
    }

    /** Whether the server was given what it could look at. */
    boolean hasGivenPassword() {
        return state == State.PASSWORD_SENT
                || state == State.SCRAM_ANSWERED
                || state == State.SERVER_PROVEN;
    }

    private byte[] begin(byte[] offered) throws IOException {
        if (isOpenGauss(offered, 4)) throw refused(Reason.LOGIN_OF_OPENGAUSS);
        var mechanisms = List.of(text(offered).split("\0", -1));
        if (!mechanisms.contains(SCRAM)) {
            var known = mechanisms.stream().filter(it -> MECHANISM.matcher(it).matches()).toList();
            throw unknown(known.isEmpty() ? "SASL" : String.join(", ", known));
        }
        state = State.SCRAM_BEGUN;
        var first = scram.first().getBytes(StandardCharsets.UTF_8);
        return new Packet()
                .message('p')
                .text(SCRAM)
                .number(first.length)
                .data(first)
                .end()
                .toBytes();
    }

    private String answered(String serverFirst) throws IOException {
        try {
            return scram.last(serverFirst);
        } catch (Scram.RoundsRefused refused) {
            throw new EngineFailure(
                    Reason.LOGIN_ROUNDS,
                    Map.of(
                            "side", side.key(),
                            "rounds", refused.rounds(),
                            "min", String.valueOf(Scram.ROUNDS_MIN),
                            "max", String.valueOf(Scram.ROUNDS_MAX)),
                    refused);
        } catch (GeneralSecurityException noPassword) {
            throw new EngineFailure(
                    Reason.PASSWORD_REFUSED,
                    Map.of("side", side.key(), "user", endpoint.user()),
                    noPassword);
        }
    }

    /** A number for the kind of the stored password, then a salt of 64 digits. */
    private static boolean isOpenGauss(byte[] body, int saltAt) {
        return body.length >= saltAt + 64
                && HEX_SALT.matcher(new String(body, saltAt, 64, StandardCharsets.ISO_8859_1))
                        .matches();
    }

    private void require(State expected) throws IOException {
        if (state != expected) throw StrangeAnswer.of("a login question out of turn");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] password(String word) {
        return new Packet().message('p').text(word).end().toBytes();
    }

    private String md5(byte[] salt) {
        try {
            var hash = MessageDigest.getInstance("MD5");
            hash.update(endpoint.password().reveal().getBytes(StandardCharsets.UTF_8));
            hash.update(endpoint.user().getBytes(StandardCharsets.UTF_8));
            var inner = HexFormat.of().formatHex(hash.digest());
            hash.update(inner.getBytes(StandardCharsets.US_ASCII));
            hash.update(salt);
            return "md5" + HexFormat.of().formatHex(hash.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private EngineFailure unprotected(String method) {
        return new EngineFailure(
                Reason.LOGIN_UNPROTECTED, Map.of("side", side.key(), "method", method));
    }

    private EngineFailure unknown(String method) {
        return new EngineFailure(
                Reason.LOGIN_NOT_KNOWN, Map.of("side", side.key(), "method", method));
    }

    private EngineFailure refused(Reason reason) {
        return new EngineFailure(reason, Map.of("side", side.key()));
    }
}
