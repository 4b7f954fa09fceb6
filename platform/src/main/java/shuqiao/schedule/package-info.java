/** When data moves again by itself: standing orders for deliveries under a grant. */
@ApplicationModule(
        displayName = "movement",
        allowedDependencies = {
            "kernel",
            "kit",
            "shell",
            "work",
            "calendar",
            "source",
            "catalog",
            "sharing",
            "exchange"
        })
@NullMarked
package shuqiao.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
