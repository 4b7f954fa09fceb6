/**
 * Who may enter: people and programs, their roles, login, tokens, and the one guard over all
 * routes.
 */
@ApplicationModule(
        displayName = "who",
        allowedDependencies = {"kernel", "shell", "ledger", "organization"})
@NullMarked
package shuqiao.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
