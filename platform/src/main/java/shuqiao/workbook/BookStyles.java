package shuqiao.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** How the cells of a workbook show their numbers, by the number of their style. */
final class BookStyles implements PartScan.Walk {

    private final Map<Integer, NumberFormat> own = new HashMap<>();
    private final List<Integer> styles = new ArrayList<>();
    private int cells;

    @Override
    public void begin(XMLStreamReader xml, int depth) {
        switch (xml.getLocalName()) {
            case "numFmt" -> {
                var code = PartScan.attribute(xml, "formatCode");
                if (code != null)
                    own.put(number(PartScan.attribute(xml, "numFmtId")), NumberFormat.of(code));
            }
            // those of named styles are others
            case "cellXfs" -> cells = depth;
            case "xf" -> {
                if (cells > 0) styles.add(number(PartScan.attribute(xml, "numFmtId")));
            }
            default -> {}
        }
    }

    @Override
    public void text(XMLStreamReader xml) {}

    @Override
    public void end(String name, int depth) {
        if (depth == cells) cells = 0;
    }

    NumberFormat format(@Nullable String style) {
        int at = style == null ? 0 : number(style);
        if (at < 0 || at >= styles.size()) return NumberFormat.GENERAL;
        int id = styles.get(at);
        var custom = own.get(id);
        return custom == null ? NumberFormat.builtIn(id) : custom;
    }

    /** Negative for what is no number. */
    static int number(@Nullable String digits) {
        try {
            return digits == null ? -1 : Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
