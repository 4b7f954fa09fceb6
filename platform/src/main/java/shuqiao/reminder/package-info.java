/** Who is reminded of a deadline and when, and what is late. */
@ApplicationModule(
        displayName = "who",
        allowedDependencies = {"kernel", "shell", "work", "organization", "notice", "workbook"})
@NullMarked
package shuqiao.reminder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
