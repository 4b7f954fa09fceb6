/** What people are told of their work, in page and by mail, and when it may reach them. */
@ApplicationModule(
        displayName = "who",
        allowedDependencies = {"kernel", "shell", "identity", "outbound"})
@NullMarked
package shuqiao.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
