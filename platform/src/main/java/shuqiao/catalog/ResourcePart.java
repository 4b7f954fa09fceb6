package shuqiao.catalog;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Offered;

/**
 * Something that a room above shows on the pages of one resource, offered as a bean. The catalog
 * draws the frame, the room what stands in it.
 */
@Offered(Offered.As.PART)
public interface ResourcePart {

    /** Where it stands. */
    enum Place {
        /** A tab of its own, at {@code /resources/<id>/parts/<name>}. */
        TAB,
        /** Beside the overview. */
        RAIL,
        /** Under the items that are being described. */
        ITEMS,
        /** On the page that is looked at before a draft is sent for review. */
        CHECK
    }

    Place place();

    /** Of a tab: the end of its address, and behind {@code resource-part.} the key of its word. */
    default String name() {
        return "";
    }

    /** Template whose fragment {@code part(part)} draws the content. */
    String template();

    /** Of a tab: whether this reader has it; asked on every page of the resource. */
    default boolean isFor(Actor actor, Sight resource) {
        return true;
    }

    /** The number beside the word of a tab, or null. */
    default @Nullable Long count(Actor actor, Sight resource) {
        return null;
    }

    /**
     * What is drawn, or null where there is nothing to say.
     *
     * @param words as they are shown: of a draft with what was typed and not saved yet
     */
    @Nullable Object of(Actor actor, Sight resource, Description words, Locale locale);
}
