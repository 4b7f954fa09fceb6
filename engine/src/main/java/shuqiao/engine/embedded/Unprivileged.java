package shuqiao.engine.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How PostgreSQL's programs are run, since they refuse to run as root: directly, or by root in a
 * user name space of its own (files stay root's), or, where that is forbidden, as the user nobody,
 * to whom the files are then given.
 */
record Unprivileged(List<String> prefix, String owner) {

    private static final String NOBODY = "nobody";

    static Unprivileged choose() {
        var me = System.getProperty("user.name");
        if (!"root".equals(me)) return new Unprivileged(List.of(), me);
        if (succeeds("unshare", "-U", "true"))
            return new Unprivileged(List.of("unshare", "-U"), me);
        var group = succeeds("getent", "group", "nogroup") ? "nogroup" : NOBODY;
        return new Unprivileged(
                List.of(
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + group,
                        "--clear-groups",
                        "--no-new-privs"),
                NOBODY);
    }

    List<String> command(String... words) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    /** In a session of its own, so that the terminal's Ctrl-C reaches us and not the database. */
    List<String> detached(String... words) {
        var command = command(words);
        if (onPath("setsid")) command.addFirst("setsid");
        return command;
    }

    /**
     * Gives a folder with all it holds to the user PostgreSQL runs as; quick when it has it
     * already.
     */
    void own(Path folder) throws IOException {
        if (prefix.isEmpty() || Files.notExists(folder)) return;
        if (Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(owner)) return;
        if (!succeeds("chown", "-R", "-h", owner, folder.toString()))
            throw new IOException("cannot give " + folder + " to the user " + owner);
    }

    static boolean onPath(String program) {
        var path = System.getenv("PATH");
        if (path == null) return false;
        for (var folder : path.split(File.pathSeparator, -1))
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) return true;
        return false;
    }

    static boolean succeeds(String... words) {
        try {
            var process =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(30, TimeUnit.SECONDS)) return process.exitValue() == 0;
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
