package shuqiao.kernel;

import java.util.Set;

/**
 * One word of the main menu, offered by a room as a bean.
 *
 * @param order from left to right, ascending
 * @param key message key of the word
 * @param path where it leads
 * @param roles who sees it; empty for everybody signed in
 */
public record MenuEntry(int order, String key, String path, Set<Role> roles) {

    public boolean visibleTo(Actor actor) {
        return roles.isEmpty() || roles.stream().anyMatch(actor::has);
    }
}
