package dev.vantage.tsdb.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads the SQL scripts beside this class. Each statement ends with a semicolon at the end of a
 * line.
 */
public final class SqlScripts {
  private SqlScripts() {}

  public static void execute(Connection connection, String script) throws SQLException {
    for (String sql : read(script).split(";\\R")) {
      if (!sql.isBlank()) {
        SqlDatabase.execute(connection, sql);
      }
    }
  }

  private static String read(String script) {
    try (InputStream in = SqlScripts.class.getResourceAsStream(script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
