/** How well a resource is described and kept: a score whose every lost point says how to mend it. */
@ApplicationModule(
        displayName = "description",
        allowedDependencies = {"kernel", "shell", "catalog", "calendar"})
@NullMarked
package shuqiao.quality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
