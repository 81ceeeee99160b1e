package dev.vantage.tsdb.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The PostgreSQL server of the tests: after a kill, committed data exists and other data does not.
 */
class PostgresServerTest {
  @Test
  void keepsWhatWasCommittedWhenKilled() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      String url = server.jdbcUrl(server.createDatabase());
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE word (text TEXT)");
        statement.execute("INSERT INTO word VALUES ('committed')");
        connection.setAutoCommit(false);
        statement.execute("INSERT INTO word VALUES ('pending')");
        server.killHard();
        assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
      }
      assertThrows(SQLException.class, () -> DriverManager.getConnection(url).close());
      server.restart();
      assertEquals(List.of("committed"), read(url, "SELECT text FROM word"));
    }
  }

  @Test
  void isOneForAllTestsAndHasADatabaseForEach() throws Exception {
    PostgresServer server = PostgresServer.shared();
    assertSame(server, PostgresServer.shared());
    assertNotEquals(server.createDatabase(), server.createDatabase());
  }

  @Test
  void isDurableAndOrdersTextsByBytesOnlyWhereAsked() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String url = server.jdbcUrl(server.createDatabase());
    assertEquals(List.of("on"), read(url, "SHOW fsync"));
    assertEquals(List.of("on"), read(url, "SHOW synchronous_commit"));
    String words = "SELECT w FROM (VALUES ('a'), ('B')) AS t (w) ORDER BY w";
    assertEquals(List.of("a", "B"), read(url, words));
    assertEquals(List.of("B", "a"), read(url, words + " COLLATE \"C\""));
  }

  @Test
  void wantsItsPassword() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String url = server.jdbcUrl("postgres");
    assertTrue(server.url("postgres").startsWith("postgresql://tsdb:"));
    String wrong = url.substring(0, url.lastIndexOf('=') + 1) + "wrong";
    assertThrows(SQLException.class, () -> DriverManager.getConnection(wrong).close());
  }

  private static List<String> read(String url, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
