package shuqiao.exchange;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

/** Runs to read: the list, and one with its progress or its reason. */
@Controller
class RunPages {

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry runs() {
            return new MenuEntry(
                    40,
                    "menu.runs",
                    "/runs",
                    java.util.Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY));
        }
    }

    private final Exchange exchange;

    RunPages(Exchange exchange) {
        this.exchange = exchange;
    }

    @GetMapping("/runs")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(Actor actor, Model model, @RequestParam(required = false) @Nullable String after) {
        model.addAttribute("page", exchange.list(actor, null, null, Page.Request.of(null, after)));
        return "exchange/runs";
    }

    @GetMapping("/runs/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, Locale locale, Model model, @PathVariable String id) {
        var run = exchange.find(actor, id);
        model.addAttribute("run", run);
        model.addAttribute("view", RunApi.View.of(run, locale));
        return "exchange/run";
    }

    /** The state in one word; words of so small a set need no bundle at hand. */
    static String word(Run run, Locale locale) {
        var english = locale.getLanguage().equals("en");
        return switch (run.state()) {
            case Run.State.Queued _ -> english ? "waiting" : "等待";
            case Run.State.Running _ -> english ? "running" : "运行中";
            case Run.State.Delivered _ -> english ? "delivered" : "已送达";
            case Run.State.Failed _ -> english ? "failed" : "失败";
            case Run.State.Cancelled _ -> english ? "cancelled" : "已取消";
            case Run.State.Superseded _ -> english ? "superseded" : "已被新一次取代";
        };
    }
}
