/**
 * How a department compiles many entries of the catalog in one go: by workbook, from many tables,
 * and step by step over a list. All is written through the doors of the catalog.
 */
@ApplicationModule(
        displayName = "description",
        allowedDependencies = {"kernel", "shell", "organization", "source", "catalog", "workbook"})
@NullMarked
package shuqiao.compilation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
