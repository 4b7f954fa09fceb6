/**
 * The one place from which departments' databases are dialled: every session is let in here, under
 * the networks, limits and hours that hold for it, and written down.
 */
@ApplicationModule(
        displayName = "description",
        allowedDependencies = {"kernel", "shell", "outbound"})
@NullMarked
package shuqiao.line;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
