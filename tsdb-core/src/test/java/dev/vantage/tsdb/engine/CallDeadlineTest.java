package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.DatabaseFixture;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls end at their deadline, whether they wait or compute. */
class CallDeadlineTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(2);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);

  @TempDir Path directory;

  private final RandomSeries series = new RandomSeries(1, 16);

  private SeriesEntry entry(int number) {
    return new SeriesEntry("s" + number, series.next());
  }

  /** Another program has the file locked: without a time, a write waits ten seconds for it. */
  @Test
  void aWriteDoesNotWaitForALockBeyondItsTime() throws SQLException {
    try (EmbeddedTsdb database = Tsdb.open(directory, OPTIONS)) {
      database.insert(entry(1));
      Path file = directory.resolve(SqliteStore.FILE_NAME);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        Tsdb impatient = database.withTimeout(Duration.ofMillis(200));
        assertThrows(DeadlineExceededException.class, () -> impatient.insert(entry(2)));
        assertThrows(DeadlineExceededException.class, () -> impatient.put(entry(1)));
        assertEquals("s1", impatient.get("s1").id());
        statement.execute("ROLLBACK");
      }
      database.insert(entry(3));
      assertEquals(List.of("s1", "s3"), database.ids(IdQuery.first(10)));
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
  }

  @Test
  void measuringForAVantagePointEndsWithItsTime() {
    try (Tsdb database = Tsdb.open(directory, OPTIONS)) {
      for (int i = 0; i < 100; i++) {
        database.insert(entry(i));
      }
    }
    try (Store store = SqliteStore.openToRead(directory);
        Database database = DatabaseFixture.over(store, SETTINGS)) {
      AtomicInteger measured = new AtomicInteger();
      IndexUpdate update = IndexUpdate.of(database.index());
      Runnable checkpoint =
          () -> {
            if (measured.incrementAndGet() > 1) {
              throw new DeadlineExceededException("over");
            }
          };
      assertThrows(
          DeadlineExceededException.class,
          () -> update.setVantagePoints(new int[] {0, 1, 2, 3}, checkpoint));
      assertEquals(2, database.index().vantagePointCount());
      database.index().checkInvariants();
    }
  }
}
