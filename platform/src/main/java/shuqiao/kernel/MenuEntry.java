package shuqiao.kernel;

import java.util.Set;

/**
 * One word of the main menu, offered by a room as a bean.
 *
 * @param order from left to right, ascending
 * @param key message key of the word
 * @param path where it leads
 * @param roles who sees it; empty for everybody signed in
 * @param group message key of the word that stands for it in the menu, together with others; empty
 *     where it stands for itself
 */
public record MenuEntry(int order, String key, String path, Set<Role> roles, String group) {

    /** 目录治理: what keeps the catalog whole and good, by several rooms. */
    public static final String GOVERNANCE = "menu.governance";

    public MenuEntry(int order, String key, String path, Set<Role> roles) {
        this(order, key, path, roles, "");
    }

    public boolean visibleTo(Actor actor) {
        return roles.isEmpty() || roles.stream().anyMatch(actor::has);
    }

    /** The word in the menu that leads to it. */
    public String word() {
        return group.isEmpty() ? key : group;
    }
}
