/**
 * How what is published stays true: mounts against their live tables, grants against new versions,
 * withdrawals with notice, data against its cycle, and the six numbers of the survey.
 */
@ApplicationModule(
        displayName = "agreement",
        allowedDependencies = {
            "kernel",
            "shell",
            "work",
            "organization",
            "source",
            "catalog",
            "sharing",
            "workbook"
        })
@NullMarked
package shuqiao.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
