package shuqiao.workbook;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamReader;

/** The texts that the cells of a workbook share. */
final class BookTexts implements PartScan.Walk {

    private final List<String> texts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int item;
    private int skipped;

    @Override
    public void begin(XMLStreamReader xml, int depth) {
        switch (xml.getLocalName()) {
            case "si" -> {
                item = depth;
                text.setLength(0);
            }
            // how a name is pronounced stands beside it
            case "rPh" -> {
                if (skipped == 0) skipped = depth;
            }
            default -> {}
        }
    }

    @Override
    public void text(XMLStreamReader xml) {
        // what is longer than a cell is refused in the end
        if (item > 0 && skipped == 0 && text.length() <= CellScan.TEXT_MAX)
            text.append(xml.getText());
    }

    @Override
    public void end(String name, int depth) {
        if (depth == skipped) skipped = 0;
        if (depth != item) return;
        item = 0;
        texts.add(text.toString());
    }

    /** Empty for one that is not there, as in a file without a part for them. */
    String text(String number) {
        int at = BookStyles.number(number);
        return at < 0 || at >= texts.size() ? "" : texts.get(at);
    }
}
