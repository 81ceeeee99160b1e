package dev.vantage.tsdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds the lock on writing to a SQLite file until its standard input ends. */
public final class LockingProcess {
  private LockingProcess() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      System.out.println("locked");
      while (System.in.read() >= 0) {
        // Waits for its end.
      }
      statement.execute("ROLLBACK");
    }
    System.out.println("free");
  }
}
