/**
 * Which networks may be dialled, by organization: asked before each connection to another machine.
 */
@ApplicationModule(
        displayName = "who",
        allowedDependencies = {"kernel", "shell", "organization"})
@NullMarked
package shuqiao.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
