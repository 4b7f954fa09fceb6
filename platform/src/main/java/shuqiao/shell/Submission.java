package shuqiao.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.ui.Model;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RedirectAttributesMethodArgumentResolver;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;
import shuqiao.kernel.Refusal;

/**
 * A form that was sent, and all that answers it. A page takes it as a parameter, tries what was
 * asked, and says how the form is shown again should the door refuse.
 */
public final class Submission {

    private final Forms forms;
    private final Locale locale;
    private final Model model;
    private final HttpServletResponse response;
    private final RedirectAttributes next;

    private Submission(
            Forms forms,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        this.forms = forms;
        this.locale = locale;
        this.model = model;
        this.response = response;
        this.next = next;
    }

    public Locale locale() {
        return locale;
    }

    /** Of the form that is shown again. */
    public Model model() {
        return model;
    }

    /** Of the page that it leads to. */
    public RedirectAttributes next() {
        return next;
    }

    /** Acts, tells it on the page that follows; refused, the form comes again with its faults. */
    public String tried(Runnable act, String notice, String path, Supplier<String> again) {
        return tried(
                () -> {
                    act.run();
                    return done(notice, path);
                },
                again);
    }

    /** Where the act itself says what page follows. */
    public String tried(Supplier<String> act, Supplier<String> again) {
        try {
            return act.get();
        } catch (Refusal refused) {
            refuse(refused);
            return again.get();
        }
    }

    /** The faults beside their fields, and the status; the page shows the form itself. */
    public void refuse(Refusal refused) {
        forms.show(model, refused, locale);
        response.setStatus(refused.kind().status());
    }

    /** On to another page, which says first that it is done. */
    public String done(String notice, String path) {
        next.addFlashAttribute("notice", notice);
        return "redirect:" + path;
    }

    /** Gives it to the pages that ask for it. */
    static final class Argument implements HandlerMethodArgumentResolver {

        private final RedirectAttributesMethodArgumentResolver next =
                new RedirectAttributesMethodArgumentResolver();
        private final Forms forms;

        Argument(Forms forms) {
            this.forms = forms;
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Submission.class;
        }

        @Override
        public Submission resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders)
                throws Exception {
            var page = Objects.requireNonNull(container);
            return new Submission(
                    forms,
                    RequestContextUtils.getLocale(
                            Objects.requireNonNull(
                                    request.getNativeRequest(HttpServletRequest.class))),
                    (Model) page.getModel(),
                    Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)),
                    (RedirectAttributes) next.resolveArgument(parameter, page, request, binders));
        }
    }
}
