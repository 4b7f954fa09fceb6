/**
 * Lists, forms and steps from a declaration: the page, the REST operation, the document of the API,
 * the workbook. A declaration is a plain value that can be written as YAML; a room keeps its tables
 * and its door behind a {@link shuqiao.kit.Keeper}. Knows no business.
 */
@ApplicationModule(
        displayName = "ground",
        allowedDependencies = {"kernel", "shell", "workbook"})
@NullMarked
package shuqiao.kit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
