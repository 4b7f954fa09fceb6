package shuqiao.shell;

import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Shows what would turn the writing around, and what nobody sees, as {@code U+202E}: names come
 * from the databases of others, and one of them read as {@code exe.png} while it was {@code
 * gnp.exe}. One place for all pages: no text of ours holds such marks, so whatever does came from
 * outside. Values of fields stay as they are, since they are sent back.
 */
@Component
class VisibleMarks implements IPostProcessorDialect {

    @Override
    public String getName() {
        return "visible-marks";
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return 1000;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Handler.class, 1000));
    }

    /** Called by the template engine, which makes one for each page. */
    public static final class Handler extends AbstractTemplateHandler {

        /** What is typed into a field is sent back as it was. */
        private boolean typed;

        @Override
        public void handleOpenElement(IOpenElementTag element) {
            typed |= element.getElementCompleteName().equals("textarea");
            super.handleOpenElement(element);
        }

        @Override
        public void handleCloseElement(ICloseElementTag element) {
            if (element.getElementCompleteName().equals("textarea")) typed = false;
            super.handleCloseElement(element);
        }

        @Override
        public void handleText(IText text) {
            var words = text.getText();
            var shown = typed ? words : shown(words);
            super.handleText(
                    shown.equals(words) ? text : getContext().getModelFactory().createText(shown));
        }
    }

    static String shown(String words) {
        if (words.chars().noneMatch(VisibleMarks::isHidden)) return words;
        var shown = new StringBuilder(words.length() + 16);
        words.chars()
                .forEach(c -> {
                    if (isHidden(c)) shown.append(String.format("\\u%04X", c));
                    else shown.append((char) c);
                });
        return shown.toString();
    }

    /** Controls, and the marks, embeddings, overrides and isolates of writing to the left. */
    private static boolean isHidden(int c) {
        return c < 0x20 && c != '\t' && c != '\n' && c != '\r'
                || c >= 0x7F && c <= 0x9F
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }
}
