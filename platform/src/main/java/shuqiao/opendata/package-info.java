/** The open portal: what departments give to society, for anybody, without login. */
@ApplicationModule(
        displayName = "use",
        allowedDependencies = {"kernel", "shell"})
@NullMarked
package shuqiao.opendata;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
