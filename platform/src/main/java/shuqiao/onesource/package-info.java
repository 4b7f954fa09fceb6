/**
 * 一数一源: who else catalogues the same item, which of them is its source, and what the others do
 * about it.
 */
@ApplicationModule(
        displayName = "use",
        allowedDependencies = {"kernel", "shell", "work", "source", "catalog"})
@NullMarked
package shuqiao.onesource;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
