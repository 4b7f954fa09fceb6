package shuqiao.kernel;

/**
 * Databases beside the platform's own on the embedded server, for the demo city. There is no such
 * bean when the platform lives in somebody else's PostgreSQL.
 */
@Offered(Offered.As.SERVICE)
public interface LocalDatabases {

    /**
     * @param url of JDBC, as the port is now
     */
    record Access(String url, String user, String password) {}

    /** Creates a database with an owner of its own, or finds the one created before. */
    Access database(String name);

    /** Whether the server moved to another port since the last start. */
    boolean portChanged();
}
