package shuqiao;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.modulith.Modulithic;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * Where the platform begins. {@code start} is the only command of this class; the launcher knows
 * the others.
 */
@SpringBootApplication(
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        exclude = UserDetailsServiceAutoConfiguration.class)
@Modulithic(systemName = "Shuqiao 数桥", sharedModules = "kernel")
@EnableTransactionManagement
public class Shuqiao {

    public static void main(String[] args) {
        StartOptions options;
        try {
            options = StartOptions.parse(args, System.getenv());
        } catch (StartOptions.Wrong wrong) {
            System.err.println(wrong.getMessage());
            System.exit(64);
            return;
        }
        new Startup(options).run();
    }
}
