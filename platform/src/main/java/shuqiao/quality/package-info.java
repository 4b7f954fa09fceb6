/**
 * How well a resource is described and kept: a score whose every lost point says how to mend it.
 */
@ApplicationModule(
        displayName = "use",
        allowedDependencies = {"kernel", "shell", "kit", "calendar", "catalog", "upkeep"})
@NullMarked
package shuqiao.quality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
