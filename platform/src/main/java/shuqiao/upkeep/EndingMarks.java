package shuqiao.upkeep;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.catalog.ResourceMarks;
import shuqiao.kernel.Actor;

/** In a search: what will end, and on which day. */
@Component
@Order(5)
record EndingMarks(EndingTable endings, Sentences sentences) implements ResourceMarks {

    @Override
    public Map<Long, List<ResourceMark>> of(
            Actor actor, Collection<Long> resources, Locale locale) {
        var marks = new HashMap<Long, List<ResourceMark>>();
        if (resources.isEmpty()) return marks;
        for (var it : endings.open(resources))
            marks.put(
                    it.resource(),
                    List.of(
                            new ResourceMark(
                                    sentences.say(
                                            "upkeep.mark.ending",
                                            Map.of("day", it.day().toString()),
                                            locale),
                                    "waiting",
                                    "/resources/" + it.resource() + "/ending")));
        return marks;
    }
}
