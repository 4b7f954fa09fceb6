/**
 * The front hall: layout, menu, language, error pages and problem documents. Seen by all, imports
 * none.
 */
@ApplicationModule(
        displayName = "front hall",
        allowedDependencies = {"kernel"})
@NullMarked
package shuqiao.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
