package shuqiao.notice;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Page;
import shuqiao.kernel.WorkingDays;
import shuqiao.shell.Tab;

/** What one was told. Opening a notice marks it as read and leads to where it is seen. */
@Controller
@RequestMapping(NoticePages.PATH)
class NoticePages {

    static final String PATH = "/notices";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm");
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** A notice in a list. */
    record Row(Told it, String sentence, String room, String at) {}

    /** A room to narrow the list by. */
    record Room(String word, long number, String path, boolean current) {}

    private final NoticeBoard board;
    private final Sentences sentences;
    private final WorkingDays days;

    NoticePages(NoticeBoard board, Sentences sentences, WorkingDays days) {
        this.board = board;
        this.sentences = sentences;
        this.days = days;
    }

    @GetMapping
    @Allows
    String list(
            Actor actor,
            @RequestParam(defaultValue = "false") String unread,
            @RequestParam(required = false) @Nullable String room,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var only = unread.equals("true");
        var rooms = board.rooms(actor, only);
        var chosen = room != null && rooms.containsKey(room) ? room : null;
        var asked = new NoticeBoard.Asked(only, chosen);
        var waiting = board.unread(actor);
        model.addAttribute("waiting", waiting);
        model.addAttribute(
                "page", board.list(actor, asked, request(after)).map(it -> row(it, locale)));
        model.addAttribute("tabs", tabs(actor, only, chosen, waiting));
        var narrower = new ArrayList<Room>();
        narrower.add(
                new Room(
                        sentences.say("notices.rooms.all", locale),
                        rooms.values().stream().mapToLong(Long::longValue).sum(),
                        path(new NoticeBoard.Asked(only, null)),
                        chosen == null));
        rooms.forEach((name, number) ->
                narrower.add(
                        new Room(
                                sentences.room(name, locale),
                                number,
                                path(new NoticeBoard.Asked(only, name)),
                                name.equals(chosen))));
        model.addAttribute("rooms", narrower);
        model.addAttribute("path", path(asked));
        return "notice/notices";
    }

    @GetMapping("/{id}")
    @Allows
    String open(Actor actor, @PathVariable long id) {
        return "redirect:" + board.read(actor, id).path();
    }

    @PostMapping("/{id}/reading")
    @Allows
    String read(Actor actor, @PathVariable long id, RedirectAttributes next) {
        board.read(actor, id);
        next.addFlashAttribute("notice", "notices.done.read");
        return "redirect:" + PATH;
    }

    @PostMapping("/reading")
    @Allows
    String readAll(Actor actor, RedirectAttributes next) {
        board.readAll(actor);
        next.addFlashAttribute("notice", "notices.done.all-read");
        return "redirect:" + PATH;
    }

    static Page.Request request(@Nullable String after) {
        return Page.Request.of(null, after == null ? "0" : after);
    }

    private List<Tab> tabs(Actor actor, boolean only, @Nullable String room, long waiting) {
        var all = new NoticeBoard.Asked(false, room);
        var unread = new NoticeBoard.Asked(true, room);
        return List.of(
                new Tab("notices.all", path(all), board.count(actor, all), !only),
                new Tab(
                        "notices.unread",
                        path(unread),
                        room == null ? waiting : board.count(actor, unread),
                        only));
    }

    Row row(Told it, Locale locale) {
        return new Row(
                it, sentences.of(it, locale), sentences.room(it.room(), locale), at(it, locale));
    }

    /** Today and yesterday by name, this year without its number. */
    private String at(Told it, Locale locale) {
        var at = it.toldAt().atZone(Clock.ZONE);
        LocalDate today = days.today();
        var day = at.toLocalDate();
        if (day.equals(today)) return sentences.say("notices.today", locale) + TIME.format(at);
        if (day.equals(today.minusDays(1)))
            return sentences.say("notices.yesterday", locale) + TIME.format(at);
        return (day.getYear() == today.getYear() ? DAY : YEAR).format(at);
    }

    static String path(NoticeBoard.Asked asked) {
        var path = UriComponentsBuilder.fromPath(PATH);
        if (asked.unread()) path.queryParam("unread", true);
        if (asked.room() != null) path.queryParam("room", asked.room());
        return path.toUriString();
    }
}
