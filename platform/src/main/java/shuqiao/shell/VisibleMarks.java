package shuqiao.shell;

import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;
import shuqiao.kernel.VisibleText;

/**
 * Shows what would turn the writing around, and what nobody sees, as {@code U+202E}: names come
 * from the databases of others, and one of them read as {@code exe.png} while it was {@code
 * gnp.exe}. One place for all pages: no text of ours holds such marks, so whatever does came from
 * outside. Text and the attributes that are shown or read aloud pass; values of fields stay as they
 * are, since they are sent back.
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

        private static final List<String> READ =
                List.of(
                        "title",
                        "aria-label",
                        "aria-description",
                        "aria-valuetext",
                        "alt",
                        "label",
                        "placeholder",
                        "abbr",
                        "content");

        /** What is typed into a field is sent back as it was. */
        private boolean typed;

        @Override
        public void handleOpenElement(IOpenElementTag element) {
            typed |= element.getElementCompleteName().equals("textarea");
            super.handleOpenElement(readable(element));
        }

        @Override
        public void handleStandaloneElement(IStandaloneElementTag element) {
            super.handleStandaloneElement(readable(element));
        }

        /** With the attributes that are shown or read aloud. */
        private <T extends IProcessableElementTag> T readable(T element) {
            var it = element;
            for (var name : READ) {
                var words = it.getAttributeValue(name);
                if (words == null) continue;
                var shown = VisibleText.shown(words);
                if (!shown.equals(words))
                    it = getContext().getModelFactory().setAttribute(it, name, shown);
            }
            return it;
        }

        @Override
        public void handleCloseElement(ICloseElementTag element) {
            if (element.getElementCompleteName().equals("textarea")) typed = false;
            super.handleCloseElement(element);
        }

        @Override
        public void handleText(IText text) {
            var words = text.getText();
            var shown = typed ? words : VisibleText.shown(words);
            super.handleText(
                    shown.equals(words) ? text : getContext().getModelFactory().createText(shown));
        }
    }
}
