package shuqiao.upkeep;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;
import shuqiao.shell.Submission;

/** The system administrator sets how long withdrawals are announced and how often is looked. */
@Controller
@RequestMapping(UpkeepRulePages.PATH)
class UpkeepRulePages {

    static final String PATH = "/admin/upkeep";

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry upkeepRule() {
            return new MenuEntry(838, "menu.upkeep-rule", PATH, Set.of(Role.SYSTEM_ADMIN));
        }
    }

    private final UpkeepRules rules;

    UpkeepRulePages(UpkeepRules rules) {
        this.rules = rules;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String rule(Actor actor, Model model) {
        var rule = rules.rule(actor);
        return show(
                new UpkeepRules.Entry(
                        String.valueOf(rule.noticeDays()), String.valueOf(rule.checkHours())),
                model);
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String change(Actor actor, @ModelAttribute UpkeepRules.Entry typed, Submission sent) {
        return sent.tried(
                () -> rules.change(actor, typed),
                "upkeep.rule.saved",
                PATH,
                () -> show(typed, sent.model()));
    }

    private static String show(UpkeepRules.Entry typed, Model model) {
        model.addAttribute("typed", typed);
        return "upkeep/rule";
    }

    /** The same for programs. */
    @RestController
    @RequestMapping("/api/v1/upkeep/rule")
    @Tag(name = "upkeep", description = "What is published stays true 目录维护")
    static class Api {

        /** Days that a withdrawal is announced ahead, at least; hours between two looks. */
        record RuleView(@Nullable Integer noticeDays, @Nullable Integer checkHours) {}

        private final UpkeepRules rules;

        Api(UpkeepRules rules) {
            this.rules = rules;
        }

        @GetMapping
        @Allows(Role.SYSTEM_ADMIN)
        @Operation(operationId = "getUpkeepRule", summary = "How what is published is kept 查维护规则")
        RuleView rule(Actor actor) {
            return view(rules.rule(actor));
        }

        @PutMapping
        @Allows(Role.SYSTEM_ADMIN)
        @Operation(operationId = "changeUpkeepRule", summary = "Keep it otherwise 修改维护规则")
        RuleView change(Actor actor, @RequestBody RuleView wanted) {
            return view(
                    rules.change(
                            actor,
                            new UpkeepRules.Entry(
                                    text(wanted.noticeDays()), text(wanted.checkHours()))));
        }

        private static String text(@Nullable Integer number) {
            return number == null ? "" : number.toString();
        }

        private static RuleView view(UpkeepRule rule) {
            return new RuleView(rule.noticeDays(), rule.checkHours());
        }
    }
}
