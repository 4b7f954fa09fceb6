package shuqiao.mapping;

import java.util.List;
import java.util.Map;
import shuqiao.engine.Into;
import tools.jackson.databind.json.JsonMapper;

/** The stored form of an {@link Into}, the same in a mapping and in a run that used it. */
public final class IntoJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record Stored(Map<String, String> columns, List<String> key, Into.Absent absent) {}

    private IntoJson() {}

    public static String write(Into into) {
        return JSON.writeValueAsString(new Stored(into.columns(), into.key(), into.absent()));
    }

    public static Into read(String text) {
        var stored = JSON.readValue(text, Stored.class);
        return new Into(stored.columns(), stored.key(), stored.absent());
    }
}
