/**
 * Remembers every act and proves it: entries, a Merkle log, signed checkpoints. Hears all, calls
 * nobody.
 */
@ApplicationModule(
        displayName = "ground",
        allowedDependencies = {"kernel", "shell"})
@NullMarked
package shuqiao.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
