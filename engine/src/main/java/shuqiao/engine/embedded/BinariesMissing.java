package shuqiao.engine.embedded;

/** No PostgreSQL for this operating system and processor is packed into this build. */
public final class BinariesMissing extends HomeFailure {

    private static final long serialVersionUID = 1L;

    BinariesMissing(String platform) {
        super(
                "This build carries no PostgreSQL for %s: use SHUQIAO_DB_URL with a server of your own."
                        .formatted(platform));
    }
}
