package shuqiao.sharing;

import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Names the rails that there are, for pages: {@code ${@rails.words(#locale)}}. */
@Component("rails")
class Rails {

    private final List<Deliverer> deliverers;
    private final Wording wording;

    Rails(List<Deliverer> deliverers, Wording wording) {
        this.deliverers = deliverers;
        this.wording = wording;
    }

    public String words(Locale locale) {
        return String.join(
                wording.say("sharing.rails.and", locale),
                deliverers.stream().flatMap(it -> it.rails(locale).stream()).toList());
    }
}
