/**
 * What day it is for a deadline: the State Council's notices of each year, shipped and imported.
 */
@ApplicationModule(
        displayName = "who",
        allowedDependencies = {"kernel", "shell", "workbook"})
@NullMarked
package shuqiao.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
