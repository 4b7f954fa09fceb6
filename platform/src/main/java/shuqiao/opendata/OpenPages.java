package shuqiao.opendata;

import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import shuqiao.kernel.Allows;
import shuqiao.kernel.OpenEntries;

/** First page of the open portal: what is marked open by now. */
@Controller
class OpenPages {

    private static final int NEWEST = 20;

    private final List<OpenEntries> rooms;

    OpenPages(List<OpenEntries> rooms) {
        this.rooms = rooms;
    }

    @GetMapping("/open")
    @Allows(anyone = true)
    String first(Locale locale, Model model) {
        model.addAttribute(
                "entries",
                rooms.stream().flatMap(room -> room.newest(NEWEST, locale).stream()).toList());
        model.addAttribute("total", rooms.stream().mapToLong(OpenEntries::total).sum());
        return "opendata/portal";
    }
}
