/** Who there is: the organizations of the city, their codes, levels and places in the tree. */
@ApplicationModule(
        displayName = "who",
        allowedDependencies = {"kernel", "shell", "kit", "ledger", "workbook"})
@NullMarked
package shuqiao.organization;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
