package shuqiao.engine.proof;

import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The strict reader of everything that is signed or trusted. */
final class Json {

    /** A name twice in one object, or anything after the value, is an error. */
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    /** Only to tell a doubled name from a text that is no JSON at all. */
    static final JsonMapper LENIENT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Json() {}

    /**
     * Whether a whole number is written {@code -0}: it reads as 0 and has the canonical form of 0,
     * so that a file could be changed unseen.
     *
     * @param json what {@link #MAPPER} has read without complaint
     */
    static boolean hasMinusZero(String json) {
        try (var parser = MAPPER.createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken())
                if (token == JsonToken.VALUE_NUMBER_INT && parser.getString().equals("-0"))
                    return true;
            return false;
        }
    }
}
