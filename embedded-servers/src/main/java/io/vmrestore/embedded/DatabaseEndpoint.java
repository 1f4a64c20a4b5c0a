package io.vmrestore.embedded;

/**
 * Everything a client needs to connect to one PostgreSQL database. Neither URL holds the credentials.
 *
 * @param host host name or address
 * @param port TCP port
 * @param database database name
 * @param user role to log in as
 * @param password the role's password; left out of {@link #toString()}
 */
public record DatabaseEndpoint(String host, int port, String database, String user, String password) {
    /** The address for JDBC, without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /** The address for R2DBC, without credentials. */
    public String r2dbcUrl() {
        return "r2dbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /** The same server and role with another database. */
    public DatabaseEndpoint withDatabase(String name) {
        return new DatabaseEndpoint(host, port, name, user, password);
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
