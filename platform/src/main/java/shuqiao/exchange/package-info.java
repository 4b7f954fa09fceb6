/** How data moves: runs under a grant, leased, watched, stopped, proven by receipts. */
@ApplicationModule(
        displayName = "movement",
        allowedDependencies = {
            "kernel",
            "kit",
            "shell",
            "ledger",
            "organization",
            "source",
            "line",
            "catalog",
            "sharing",
            "mapping"
        })
@NullMarked
package shuqiao.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
