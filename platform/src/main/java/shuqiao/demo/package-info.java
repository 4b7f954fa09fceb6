/** The demo city 云泽市, fictional: uses only doors and can be deleted without harm. */
@ApplicationModule(
        displayName = "demo",
        allowedDependencies = {
            "kernel",
            "shell",
            "organization",
            "identity",
            "calendar",
            "notice",
            "reminder",
            "source",
            "catalog",
            "sharing",
            "exchange",
            "schedule",
            "upkeep",
            "onesource"
        })
@NullMarked
package shuqiao.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
