/**
 * Database connections that departments register: where data comes from and where it is delivered.
 */
@ApplicationModule(
        displayName = "description",
        allowedDependencies = {"kernel", "shell", "kit", "organization", "outbound", "line"})
@NullMarked
package shuqiao.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
