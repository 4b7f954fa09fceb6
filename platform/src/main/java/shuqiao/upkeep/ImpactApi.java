package shuqiao.upkeep;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

@RestController
@RequestMapping("/api/v1/resources/{id}/impact")
@Tag(name = "upkeep", description = "What is published stays true 目录维护")
class ImpactApi {

    /**
     * A reason why a grant would be flagged.
     *
     * @param item name of the item; empty for the whole resource
     * @param sentence the same in the caller's language
     */
    record ReasonView(
            GrantChange.Kind kind, String item, String was, String now, String sentence) {}

    /** A grant that would be flagged. */
    record TouchedView(long grant, String number, String consumer, List<ReasonView> reasons) {}

    /**
     * @param live grants that live, touched or not
     */
    record ImpactView(long resource, int live, List<TouchedView> touched) {}

    private final Flags flags;
    private final Sentences sentences;

    ImpactApi(Flags flags, Sentences sentences) {
        this.flags = flags;
        this.sentences = sentences;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    @Operation(
            operationId = "getPublicationImpact",
            summary =
                    "Which grants the version that is worked on would flag if it were published 查发布影响")
    ImpactView impact(Actor actor, @PathVariable long id, Locale locale) {
        var all = flags.impact(actor, id);
        return new ImpactView(
                id,
                all.size(),
                all.stream()
                        .filter(it -> !it.reasons().isEmpty())
                        .map(it ->
                                new TouchedView(
                                        it.grant().id(),
                                        it.grant().number(),
                                        it.grant().consumer(),
                                        reasons(it.reasons(), locale)))
                        .toList());
    }

    private List<ReasonView> reasons(List<GrantChange.Reason> reasons, Locale locale) {
        var said = sentences.of(reasons, locale);
        var views = new ArrayList<ReasonView>();
        for (int at = 0; at < reasons.size(); at++) {
            var it = reasons.get(at);
            views.add(new ReasonView(it.kind(), it.item(), it.was(), it.now(), said.get(at)));
        }
        return views;
    }
}
