package shuqiao.identity;

import java.util.List;
import shuqiao.shell.Tab;

/** The lists of the security administrator. */
final class AdminTabs {

    static final String USERS = "/admin/users";
    static final String PROGRAMS = "/admin/programs";
    static final String PENDING = "/admin/pending";
    static final String SESSIONS = "/admin/sessions";

    private AdminTabs() {}

    static List<Tab> at(String path) {
        return List.of(
                new Tab("menu.users", USERS, null, path.equals(USERS)),
                new Tab("menu.programs", PROGRAMS, null, path.equals(PROGRAMS)),
                new Tab("sessions", SESSIONS, null, path.equals(SESSIONS)),
                new Tab("pending", PENDING, null, path.equals(PENDING)));
    }
}
