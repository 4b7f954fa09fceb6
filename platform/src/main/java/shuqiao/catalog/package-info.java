/**
 * What is known: the classification tree, and the resources that departments describe, review and
 * publish.
 */
@ApplicationModule(
        displayName = "description",
        allowedDependencies = {"kernel", "shell", "organization", "source"})
@NullMarked
package shuqiao.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
