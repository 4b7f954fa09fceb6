/** How granted fields enter a table that the consumer already keeps: names, keys, local rows. */
@ApplicationModule(
        displayName = "agreement",
        allowedDependencies = {"kernel", "kit", "source", "catalog", "sharing"})
@NullMarked
package shuqiao.mapping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
