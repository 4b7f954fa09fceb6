package shuqiao.catalog;

import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import shuqiao.kernel.Actor;

/**
 * What a new version changes, and what that does to what is in use: told to the one who writes it
 * before it is sent, and to those who review it.
 */
@Component
class VersionOutlook {

    private final Catalog catalog;
    private final Differences differences;
    private final List<PublicationImpact> impacts;

    VersionOutlook(Catalog catalog, Differences differences, List<PublicationImpact> impacts) {
        this.catalog = catalog;
        this.differences = differences;
        this.impacts = impacts;
    }

    /** Nothing for a first version, which changes nothing that anybody has. */
    void fill(Actor actor, Sight next, Locale locale, Model model) {
        var published = next.publishedVersion();
        if (published == null || published == next.version()) return;
        model.addAttribute(
                "impact",
                impacts.stream()
                        .map(room -> room.of(next, locale))
                        .filter(said -> !said.isEmpty())
                        .toList());
        model.addAttribute(
                "difference",
                differences.between(
                        catalog.version(actor, next.id(), published).description(),
                        next.description(),
                        locale));
    }
}
