package shuqiao.kit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import shuqiao.kernel.Conflict;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Declarations as YAML. What is usual needs no line; a name that is not known, a tag of a type, an
 * alias, a key that stands twice is refused.
 */
public final class Declarations {

    private static final int CHARACTERS_MAX = 1_000_000;
    private static final int DEPTH_MAX = 20;

    private static final TypeReference<Map<String, Object>> PLAIN = new TypeReference<>() {};

    private static final JsonMapper READ =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    /** What is usual is left out; a reader by this rule would pass over a name without a value. */
    private static final JsonMapper WRITE =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.NON_NULL))
                    .build();

    /** A file that declares nothing that we understand, and where. */
    public static final class NotADeclaration extends Conflict {
        NotADeclaration(String where) {
            super("kit:declaration", Map.of("where", where));
        }
    }

    private Declarations() {}

    public static String write(Register register) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(100);
        options.setAllowUnicode(true);
        // a value that stands in two places is written twice: there are no aliases in a file
        options.setDereferenceAliases(true);
        var loading = new LoaderOptions();
        return new Yaml(new SafeConstructor(loading), new Representer(options), options)
                .dump(WRITE.convertValue(register, PLAIN));
    }

    /** Refuses what {@link #write} could not have written. */
    public static Register read(String yaml) {
        var options = new LoaderOptions();
        options.setCodePointLimit(CHARACTERS_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        try {
            Object written = new Yaml(new SafeConstructor(options)).load(yaml);
            if (!(written instanceof Map)) throw new NotADeclaration("");
            return READ.convertValue(written, Register.class);
        } catch (YAMLException wrong) {
            throw new NotADeclaration(String.valueOf(wrong.getMessage()));
        } catch (JacksonException wrong) {
            throw new NotADeclaration(wrong.getOriginalMessage() + " " + wrong.getPath());
        } catch (IllegalArgumentException wrong) {
            throw new NotADeclaration(String.valueOf(wrong.getMessage()));
        }
    }
}
