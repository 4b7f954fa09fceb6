package shuqiao.kit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** One page of a register. */
@Controller
abstract class PageRouteKind {}

/** See {@link PageRouteKind}: that one is what refusals of pages are told by. */
final class PageRoute extends PageRouteKind implements Route {

    private final PageKit kit;
    private final BookKit books;
    private final Registers.Kept kept;
    private final List<Role> by;
    private final String name;

    PageRoute(PageKit kit, BookKit books, Registers.Kept kept, List<Role> by, String name) {
        this.kit = kit;
        this.books = books;
        this.kept = kept;
        this.by = by;
        this.name = name;
    }

    @Override
    public Registers.Kept kept() {
        return kept;
    }

    @Override
    public List<Role> by() {
        return by;
    }

    String list(
            Actor actor,
            @RequestParam MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        return kit.list(kept, actor, asked, locale, model);
    }

    ResponseEntity<byte[]> csv(
            Actor actor, @RequestParam MultiValueMap<String, String> asked, Locale locale) {
        return kit.export(kept, true, actor, asked, locale);
    }

    ResponseEntity<byte[]> xlsx(
            Actor actor, @RequestParam MultiValueMap<String, String> asked, Locale locale) {
        return kit.export(kept, false, actor, asked, locale);
    }

    String many(
            Actor actor,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            RedirectAttributes next) {
        return kit.many(kept, actor, typed, locale, next);
    }

    String form(
            Actor actor,
            @PathVariable Map<String, String> place,
            @RequestParam MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        return kit.form(kept, name, actor, at(place, asked), locale, model);
    }

    /** What stands in the address holds, whatever else is said. */
    private static MultiValueMap<String, String> at(
            Map<String, String> place, MultiValueMap<String, String> said) {
        var all = new LinkedMultiValueMap<>(said);
        all.setAll(place);
        return all;
    }

    String one(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return kit.one(kept, actor, id, locale, model);
    }

    String attempt(
            Actor actor,
            @PathVariable Map<String, String> place,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return kit.attempt(kept, name, actor, at(place, typed), locale, model, response, next);
    }

    String ask(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return kit.ask(kept, name, actor, id, locale, model);
    }

    String move(
            Actor actor,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return kit.move(kept, name, actor, id, typed, locale, model, response, next);
    }

    ResponseEntity<byte[]> template(Actor actor, Locale locale) {
        return books.template(kept, name, actor, locale);
    }

    String choose(Locale locale, Model model) {
        return books.choose(kept, name, locale, model);
    }

    String hand(
            Actor actor,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        return books.hand(kept, name, actor, file, locale, model, response, next);
    }
}
