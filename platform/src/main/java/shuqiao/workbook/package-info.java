/**
 * How people hand in many things at once: reads a workbook against a layout, tells each wrong cell
 * by row and column, and gives the same workbook back with those cells marked. Knows no business.
 */
@ApplicationModule(
        displayName = "ground",
        allowedDependencies = {"kernel", "shell"})
@NullMarked
package shuqiao.workbook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
