/** Who may have what: requests, their clocks, decisions, and the grants that every rail obeys. */
@ApplicationModule(
        displayName = "agreement",
        allowedDependencies = {"kernel", "shell", "organization", "calendar", "source", "catalog"})
@NullMarked
package shuqiao.sharing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
