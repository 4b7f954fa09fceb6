/**
 * Work that is due: one table under all that the platform does by itself, by whichever platform
 * comes first.
 */
@ApplicationModule(
        displayName = "ground",
        allowedDependencies = {"kernel", "shell"})
@NullMarked
package shuqiao.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
