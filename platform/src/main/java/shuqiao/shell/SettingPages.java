package shuqiao.shell;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;

/** The settings of the site, for the system administrator. */
@Controller
@RequestMapping(SettingPages.PATH)
class SettingPages {

    static final String PATH = "/admin/settings";

    private final Settings settings;

    SettingPages(Settings settings) {
        this.settings = settings;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(Actor actor, Model model) {
        return show(settings.values(actor), model);
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String change(Actor actor, @RequestParam Map<String, String> typed, Submission sent) {
        return sent.tried(
                () -> settings.change(actor, typed),
                "settings.saved",
                PATH,
                () -> show(typed, sent.model()));
    }

    private static String show(Map<String, String> values, Model model) {
        model.addAttribute("values", values);
        return "shell/settings";
    }

    /** The word in the menu. */
    @Configuration(proxyBeanMethods = false)
    static class Menu {

        @Bean
        MenuEntry settingsMenu() {
            return new MenuEntry(890, "menu.settings", PATH, Set.of(Role.SYSTEM_ADMIN));
        }
    }

    /** The same for programs. */
    @RestController
    @RequestMapping("/api/v1/settings")
    @Tag(name = "settings", description = "What the operator says of the site 平台设置")
    static class Api {

        private final Settings settings;

        Api(Settings settings) {
            this.settings = settings;
        }

        @GetMapping
        @Allows(Role.SYSTEM_ADMIN)
        @Operation(operationId = "getSettings", summary = "The settings of the site 查平台设置")
        Map<String, String> values(Actor actor) {
            return settings.values(actor);
        }

        @PutMapping
        @Allows(Role.SYSTEM_ADMIN)
        @Operation(operationId = "changeSettings", summary = "Change the settings 修改平台设置")
        Map<String, String> change(Actor actor, @RequestBody Map<String, String> wanted) {
            return settings.change(actor, wanted);
        }
    }
}
