package shuqiao;

import java.util.concurrent.CompletionException;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import shuqiao.engine.embedded.HomeFailure;
import shuqiao.engine.embedded.HomeInUse;
import shuqiao.engine.embedded.HomeNotWritable;
import shuqiao.engine.embedded.HomeTooNew;

/** Why a start failed, as one sentence in both languages that says what to do. */
final class Failures {

    private Failures() {}

    static Throwable cause(Throwable failed) {
        var cause = failed;
        while (cause.getCause() != null
                && (cause instanceof CompletionException
                        || cause instanceof BeanCreationException
                        || cause instanceof ApplicationContextException
                        || cause.getClass().getName().startsWith("org.springframework.beans.")))
            cause = cause.getCause();
        return cause;
    }

    static boolean isExpected(Throwable cause) {
        return cause instanceof HomeFailure
                || cause instanceof PortInUseException
                || cause instanceof DatabaseTooNew;
    }

    static String sentence(Throwable cause, StartOptions options) {
        return switch (cause) {
            case HomeInUse used ->
                    "目录 %s 正被进程 %d 使用。请先停止该进程，或用 --home 另选目录。 The home is in use by process %2$d: stop it, or choose another with --home."
                            .formatted(options.home(), used.pid());
            case HomeNotWritable _ ->
                    "目录 %s 不可写。请修改权限，或用 --home 另选目录。 The home cannot be written: change its rights, or choose another with --home."
                            .formatted(options.home());
            case HomeTooNew _ ->
                    "目录 %s 由更新版本的数桥写成，请用新版本启动，数据未作改动。 The home was written by a newer Shuqiao: start it with that version. Nothing was changed."
                            .formatted(options.home());
            case DatabaseTooNew _ ->
                    "数据库已由更新版本的数桥升级，请用新版本启动，数据未作改动。 The database was brought up to date by a newer Shuqiao: start that version. Nothing was changed.";
            case PortInUseException port ->
                    "端口 %d 已被占用。请停止占用它的程序，或用 --port 另选端口（0 为自动选择）。 Port %1$d is taken: choose another with --port (0 picks a free one)."
                            .formatted(port.getPort());
            case HomeFailure other -> "目录 %s 无法使用：%s".formatted(options.home(), other.getMessage());
            default -> "启动失败。 The start failed: " + cause;
        };
    }
}
