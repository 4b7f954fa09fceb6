package shuqiao.sharing;

import jakarta.servlet.http.HttpServletResponse;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;

/** What would follow from an answer on some day, and which due dates a notice has moved. */
@Controller
class ClockPages {

    static final String MOVED = "/deadlines/moved";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Clock.ZONE);

    /** A due date that moved, with the names of its departments. */
    record Row(DeadlineTable.Moved it, String provider, String consumer, String at) {}

    private final Sharing sharing;
    private final WhatIf whatIf;
    private final Moves moves;
    private final RequestSheets sheets;
    private final RequestPages pages;
    private final Wording wording;
    private final Forms forms;

    ClockPages(
            Sharing sharing,
            WhatIf whatIf,
            Moves moves,
            RequestSheets sheets,
            RequestPages pages,
            Wording wording,
            Forms forms) {
        this.sharing = sharing;
        this.whatIf = whatIf;
        this.moves = moves;
        this.sheets = sheets;
        this.pages = pages;
        this.wording = wording;
        this.forms = forms;
    }

    @GetMapping("/requests/{id}/what-if")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String whatIf(
            Actor actor,
            @PathVariable long id,
            @ModelAttribute WhatIf.Entry typed,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        var it = sharing.find(actor, id);
        try {
            model.addAttribute("outlook", whatIf.of(actor, id, typed));
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
        }
        model.addAttribute("typed", whatIf.filled(typed));
        model.addAttribute("it", it);
        model.addAttribute("sheet", sheets.sheet(actor, it, locale));
        var crumbs = new ArrayList<>(pages.crumbs(it, locale));
        crumbs.add(new Crumb(wording.say("what-if", locale), ""));
        model.addAttribute("crumbs", crumbs);
        return "sharing/what-if";
    }

    @GetMapping(MOVED)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String moved(
            Actor actor,
            @RequestParam(required = false) @Nullable String notice,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var page = moves.list(actor, notice, Page.Request.of(null, after));
        model.addAttribute(
                "page",
                page.map(it ->
                        new Row(
                                it,
                                sheets.organization(it.provider(), locale),
                                sheets.organization(it.consumer(), locale),
                                MINUTE.format(it.at()))));
        model.addAttribute("chosen", notice);
        model.addAttribute("path", notice == null ? MOVED : MOVED + "?notice=" + notice);
        return "sharing/moved";
    }
}
