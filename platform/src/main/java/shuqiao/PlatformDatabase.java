package shuqiao;

/**
 * Where the platform keeps its own tables.
 *
 * @param url of JDBC
 * @param user owns the one database and is no superuser
 */
public record PlatformDatabase(String url, String user, String password) {

    @Override
    public String toString() {
        return user + "@" + url;
    }
}
