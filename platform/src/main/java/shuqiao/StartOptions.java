package shuqiao;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Opening;

/**
 * What {@code start} was told, by options first and environment ({@code SHUQIAO_…}) second.
 *
 * @param home folder of everything that lives
 * @param port 0 picks a free one
 * @param city what a first start builds; none with {@code --empty}
 * @param baseUrl public address, when it differs from what we listen on
 * @param database an existing PostgreSQL instead of the embedded one
 */
record StartOptions(
        Path home,
        int port,
        String address,
        Opening.City city,
        boolean jsonLog,
        boolean training,
        @Nullable String baseUrl,
        @Nullable PlatformDatabase database) {

    static final class Wrong extends RuntimeException {
        Wrong(String message) {
            super(message);
        }
    }

    static StartOptions parse(String[] args, Map<String, String> env) {
        var home = env.getOrDefault("SHUQIAO_HOME", "var");
        var port = env.getOrDefault("SHUQIAO_PORT", "8080");
        var address = env.getOrDefault("SHUQIAO_ADDRESS", "127.0.0.1");
        var empty = isTrue(env.get("SHUQIAO_EMPTY"));
        var city = env.getOrDefault("SHUQIAO_CITY", "whole");
        var logFormat = env.getOrDefault("SHUQIAO_LOG_FORMAT", "text");
        var training = false;
        for (int i = 0; i < args.length; i++) {
            var arg = args[i];
            var equals = arg.indexOf('=');
            var name = equals > 0 ? arg.substring(0, equals) : arg;
            switch (name) {
                case "start" -> {}
                case "--empty" -> empty = true;
                case "--train" -> training = true;
                case "--home", "--port", "--address", "--city", "--log-format" -> {
                    String value;
                    if (equals > 0) value = arg.substring(equals + 1);
                    else if (i + 1 < args.length) value = args[++i];
                    else throw new Wrong(name + " 后面缺少值。 A value is missing after " + name + ".");
                    switch (name) {
                        case "--home" -> home = value;
                        case "--port" -> port = value;
                        case "--address" -> address = value;
                        case "--city" -> city = value;
                        default -> logFormat = value;
                    }
                }
                default ->
                        throw new Wrong(
                                "不认识选项 "
                                        + arg
                                        + "，可用的有 --home DIR --port N --address A --empty"
                                        + " --city whole|small --log-format text|json。 Unknown option: "
                                        + arg
                                        + ".");
            }
        }
        if (!logFormat.equals("text") && !logFormat.equals("json"))
            throw new Wrong("--log-format 只能是 text 或 json。 --log-format is text or json.");
        return new StartOptions(
                Path.of(home).toAbsolutePath().normalize(),
                port(port),
                address,
                empty ? Opening.City.NONE : city(city),
                logFormat.equals("json"),
                training,
                baseUrl(env.get("SHUQIAO_BASE_URL")),
                database(env));
    }

    private static Opening.City city(String text) {
        return switch (text) {
            case "whole" -> Opening.City.WHOLE;
            case "small" -> Opening.City.SMALL;
            default ->
                    throw new Wrong(
                            "--city 只能是 whole 或 small，现在是「"
                                    + text
                                    + "」。 --city is whole or small.");
        };
    }

    private static @Nullable String baseUrl(@Nullable String text) {
        if (text == null || text.isBlank()) return null;
        try {
            BaseUrl.checked(text.strip());
            return text.strip();
        } catch (IllegalArgumentException wrong) {
            throw new Wrong(
                    "SHUQIAO_BASE_URL 应是 http:// 或 https:// 开头的地址，现在是「"
                            + text
                            + "」。 SHUQIAO_BASE_URL must be an address of http:// or https://.");
        }
    }

    private static int port(String text) {
        try {
            var port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException _) {
            // said below
        }
        throw new Wrong(
                "端口应是 0 到 65535 的数字，现在是「" + text + "」。 The port must be a number from 0 to 65535.");
    }

    private static @Nullable PlatformDatabase database(Map<String, String> env) {
        var url = env.get("SHUQIAO_DB_URL");
        if (url == null || url.isBlank()) return null;
        return new PlatformDatabase(
                url,
                env.getOrDefault("SHUQIAO_DB_USER", "shuqiao"),
                env.getOrDefault("SHUQIAO_DB_PASSWORD", ""));
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
    }
}
