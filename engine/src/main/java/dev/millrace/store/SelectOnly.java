package dev.millrace.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** Lets nothing pass but one SELECT: DuckDB's own parser says what a text is. */
final class SelectOnly {

    private static final String PARSE = "SELECT parsed ->> 'error_type', parsed ->> 'error_message',"
            + " json_array_length(parsed, '$.statements')"
            + " FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS parsed)";

    private SelectOnly() {}

    /** @throws RefusedException saying what the text is instead */
    static void require(DuckDBConnection connection, String sql) throws SQLException {
        try (PreparedStatement parse = connection.prepareStatement(PARSE)) {
            parse.setString(1, sql);
            try (ResultSet answer = parse.executeQuery()) {
                answer.next();
                require(answer.getString(1), answer.getString(2), answer.getLong(3));
            }
        }
    }

    private static void require(String error, String message, long statements) {
        if ("parser".equals(error)) {
            throw new RefusedException("the query cannot be read: " + message);
        }
        if (error != null) {
            throw new RefusedException("only SELECT is answered; this would change the tables, the settings or files");
        }
        if (statements != 1) {
            throw new RefusedException("one SELECT at a time; this is " + statements + " statements");
        }
    }
}
