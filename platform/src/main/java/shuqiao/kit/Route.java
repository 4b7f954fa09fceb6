package shuqiao.kit;

import java.util.List;
import shuqiao.kernel.Role;

/** What answers at one address of a register. */
interface Route {

    Registers.Kept kept();

    /** Who may come; everybody signed in where it is empty. */
    List<Role> by();
}
