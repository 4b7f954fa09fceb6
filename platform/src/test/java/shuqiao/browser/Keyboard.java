package shuqiao.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has a keyboard and no mouse. Goes by Tab to what he knows by its name, and wants to
 * see at each step where he is; types only where he stands.
 */
final class Keyboard {

    /** More presses than these for one step of work are no way to work. */
    private static final int PRESSES_MAX = 40;

    /** Name of what has the focus, and what is wrong with the sight of it, or null. */
    private static final String LOOK =
            """
            () => {
                const at = document.activeElement;
                if (!at || at === document.body) return { name: '', wrong: null };
                const text = one => (one?.textContent ?? '').replace(/\\s+/g, ' ').trim();
                const by = at.getAttribute('aria-labelledby');
                const name = by ? by.split(' ').map(id => text(document.getElementById(id))).join(' ')
                    : at.getAttribute('aria-label') ?? (at.labels?.length ? text(at.labels[0])
                    : text(at.tagName === 'FIELDSET' ? at.querySelector('legend') : at));
                const told = wrong => ({ name, wrong });

                const box = at.getBoundingClientRect();
                if (box.width < 2 || box.height < 2) return told('has no size');
                const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
                const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
                if (right - left < 2 || bottom - top < 2) return told('is outside of the window');
                const spots = [0.5, 0.25, 0.75].map(part =>
                    document.elementFromPoint(left + (right - left) * part, top + (bottom - top) * part));
                const free = spots.filter(one => one && (at.contains(one) || one.contains(at)
                    || [...at.labels ?? []].some(label => label.contains(one))));
                if (free.length < 2) return told('is covered by ' + spots[0]?.outerHTML.slice(0, 80));

                // the ring is around the control itself, or around the box it stands in
                let ringed = at, style;
                for (let up = 0; ringed && up < 4; ringed = ringed.parentElement, up++) {
                    style = getComputedStyle(ringed);
                    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                        && !/, 0\\)|transparent/.test(style.outlineColor)) break;
                    style = null;
                }
                if (!ringed || !style) return told('has no ring');
                const out = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset) - 1;
                const ring = ringed.getBoundingClientRect();
                const sides = [ring.left - out, ring.top - out, ring.right + out, ring.bottom + out];
                const seen = [...sides];
                for (let up = ringed.parentElement; up && up !== document.documentElement; up = up.parentElement) {
                    const held = getComputedStyle(up);
                    const edge = up.getBoundingClientRect();
                    if (held.overflowX !== 'visible') {
                        seen[0] = Math.max(seen[0], edge.left); seen[2] = Math.min(seen[2], edge.right);
                    }
                    if (held.overflowY !== 'visible') {
                        seen[1] = Math.max(seen[1], edge.top); seen[3] = Math.min(seen[3], edge.bottom);
                    }
                }
                const cut = sides.filter((side, n) => Math.abs(side - seen[n]) > 1).length;
                return told(cut > 1 ? 'has a ring that is cut off' : null);
            }
            """;

    /**
     * @param name of what has the focus; empty where nothing has
     * @param wrong why one cannot see that it has
     */
    record Sight(String name, @Nullable String wrong) {}

    private final Page page;
    private final List<String> unseen = new ArrayList<>();
    private int presses;

    Keyboard(Page page) {
        this.page = page;
        page.setDefaultTimeout(20_000);
    }

    Page page() {
        return page;
    }

    /** How often Tab was pressed so far. */
    int presses() {
        return presses;
    }

    /**
     * Passes the head of the page, as the first link of each page lets one do. A page that has
     * something to say begins there by itself.
     */
    void skip() {
        if ((boolean) page.evaluate("document.activeElement !== document.body")) return;
        press("Tab");
        assertThat(name()).as("the first stop of %s", page.url()).isEqualTo("跳到正文");
        press("Enter");
    }

    /** Goes on by Tab to what is called so. */
    void to(String name) {
        go(Pattern.quote(name) + ".*", "Tab");
    }

    /** Goes back by Shift+Tab. */
    void back(String name) {
        go(Pattern.quote(name) + ".*", "Shift+Tab");
    }

    private void go(String name, String key) {
        var passed = new ArrayList<String>();
        while (passed.size() <= PRESSES_MAX) {
            press(key);
            var here = name();
            if (here.matches(name)) return;
            passed.add(here);
        }
        throw new AssertionError(
                name
                        + " is not within "
                        + PRESSES_MAX
                        + " presses at "
                        + page.url()
                        + ": "
                        + passed);
    }

    /** Goes to a field and types; what stood there is replaced. */
    void fill(String name, String text) {
        to(name);
        page.keyboard().press("Control+A");
        page.keyboard().type(text);
    }

    /** Goes to a choice and takes it with the space bar. */
    void tick(String name) {
        to(name);
        press("Space");
    }

    /** Goes to a list of choices and walks down it. */
    void choose(String name, String word) {
        to(name);
        choose(word);
    }

    /** Walks down the list of choices that has the focus. */
    void choose(String word) {
        for (int i = 0; i < PRESSES_MAX; i++) {
            if (chosen().startsWith(word)) return;
            page.keyboard().press("ArrowDown");
        }
        throw new AssertionError(word + " is no choice; last seen: " + chosen());
    }

    private String chosen() {
        return String.valueOf(
                page.evaluate("document.activeElement.selectedOptions?.[0]?.text ?? ''"));
    }

    /** Goes to a link that speaks of this, and is on another page after it. */
    void followAbout(String words) {
        go(".*" + Pattern.quote(words) + ".*", "Tab");
        enter();
    }

    /** Goes to a link or button, and is on another page after it. */
    void follow(String name) {
        to(name);
        enter();
    }

    /** Presses Enter where he stands, and is on another page after it. */
    void enter() {
        page.evaluate("document.body.classList.add('before')");
        page.keyboard().press("Enter");
        page.waitForSelector("body:not(.before)");
        page.waitForLoadState();
    }

    void press(String key) {
        page.keyboard().press(key);
        presses++;
    }

    /** What he stands at; where he cannot see it, that is remembered. */
    String name() {
        var sight = look();
        if (sight.wrong() != null)
            unseen.add("\"" + sight.name() + "\" at " + page.url() + " " + sight.wrong());
        return sight.name();
    }

    /** Where he stood and did not see it. */
    List<String> unseen() {
        return unseen;
    }

    Sight look() {
        var look = (Map<?, ?>) page.evaluate(LOOK);
        var wrong = look.get("wrong");
        return new Sight(
                Objects.toString(look.get("name"), ""), wrong == null ? null : wrong.toString());
    }
}
