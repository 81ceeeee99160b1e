package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.Checksum;
import dev.vantage.tsdb.store.Seals;
import dev.vantage.tsdb.store.postgres.PostgresAddress;
import dev.vantage.tsdb.store.postgres.PostgresDatabase;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import dev.vantage.tsdb.store.sqlite.SqliteFile;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Changes a stored database directly. No writer may have it open. */
public final class StoredByHand {
  private interface Work {
    void run(SqlDatabase database, Connection connection) throws SQLException;
  }

  private StoredByHand() {}

  private static void run(String location, Work work) throws SQLException {
    if (PostgresStore.isAddress(location)) {
      PostgresDatabase database =
          new PostgresDatabase(PostgresAddress.parse(location), System::nanoTime);
      try (Connection connection = database.address().connect()) {
        work.run(database, connection);
      }
    } else {
      SqliteFile file = new SqliteFile(Path.of(location).resolve(SqliteStore.FILE_NAME));
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.path())) {
        work.run(file, connection);
      }
    }
  }

  /** Computes the checksums again. */
  public static void seal(String location) throws SQLException {
    run(
        location,
        (database, connection) -> {
          SqlDatabase.execute(connection, "DELETE FROM recent_change");
          SqlSeals.make(database, connection);
        });
  }

  /**
   * Makes version 2 of a schema in PostgreSQL of version 3: without changes of attributes alone.
   */
  public static void makeVersionTwo(String location) throws SQLException {
    run(
        location,
        (database, connection) -> {
          SqlProgress now = SqlProgress.read(database, connection);
          long[] values = {
            now.databaseId(),
            now.generation(),
            now.changeId(),
            now.lastKey(),
            now.removalsFrom(),
            now.series(),
            now.settings(),
            now.vantagePoints(),
            now.types()
          };
          Checksum checksum = new Checksum();
          Arrays.stream(values).forEach(checksum::add);
          SqlDatabase.execute(connection, "UPDATE progress SET checksum = " + checksum.value());
          SqlDatabase.execute(connection, "ALTER TABLE progress DROP COLUMN series_generation");
          SqlDatabase.execute(connection, "DROP TABLE attribute_change");
          SqlDatabase.execute(connection, "UPDATE tsdb_schema SET version = 2");
        });
  }

  /** Simulates very many changes: the next change deletes all earlier history. */
  public static void age(String location) throws SQLException {
    run(location, StoredByHand::age);
  }

  private static void age(SqlDatabase database, Connection connection) throws SQLException {
    SqlProgress old = SqlProgress.read(database, connection);
    long last = (old.generation() + 2 * SqlHistory.KEPT) / 1024 * 1024 - 1;
    long changeId = Seals.randomId();
    new SqlProgress(
            old.databaseId(),
            last,
            changeId,
            old.lastKey(),
            old.removalsFrom(),
            old.series(),
            old.settings(),
            old.vantagePoints(),
            old.types(),
            old.seriesGeneration(),
            true)
        .write(connection);
    SqlHistory.noteChange(connection, last, changeId, List.of());
  }
}
