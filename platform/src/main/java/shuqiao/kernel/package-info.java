/**
 * The ground every room stands on: who acts, what is refused, what happened, what time it is. No
 * tables.
 */
@ApplicationModule(
        displayName = "ground",
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
@NullMarked
package shuqiao.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
