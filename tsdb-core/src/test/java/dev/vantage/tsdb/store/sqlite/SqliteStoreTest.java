package dev.vantage.tsdb.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.RandomChanges;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreContents;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.DurableStoreContract;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.StoredByHand;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends DurableStoreContract {
  @TempDir Path temporary;
  private int made;

  private Path directory() {
    return temporary.resolve("db");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory().resolve(SqliteStore.FILE_NAME));
  }

  private byte[] bytes(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBytes(1);
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return SqlDatabase.number(connection, sql);
    }
  }

  private static Change adding(long firstKey, List<Boolean> created) {
    List<IndexedSeries> added = new ArrayList<>();
    for (long key = firstKey; key < firstKey + created.size(); key++) {
      SeriesEntry entry = new SeriesEntry("s" + key, TimeSeries.ofValues(1, 2));
      added.add(new IndexedSeries(key, entry, new double[0]));
    }
    return new Change(
        List.of(), Map.of(), added, Optional.empty(), List.of(), Optional.empty(), created);
  }

  @Test
  void keepsTheOutcomeOfAChange() throws SQLException {
    List<Boolean> created = new ArrayList<>(Collections.nCopies(10, false));
    created.set(0, true);
    created.set(9, true);
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      store.apply(adding(1, created));
      store.apply(adding(20, List.of(false)));
      store.apply(Change.removing(List.of(3L)));
    }
    String select = "SELECT outcome FROM recent_change WHERE generation = ";
    assertArrayEquals(new byte[] {1, 2}, bytes(select + 1));
    assertArrayEquals(new byte[] {0}, bytes(select + 2));
    assertArrayEquals(new byte[0], bytes(select + 3));
    assertEquals(4, number("SELECT count(DISTINCT change_id) FROM recent_change"));
  }

  @Test
  void forgetsWhatIsOldButNotWhatACheckpointNeeds() throws SQLException {
    Revision before;
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      store.apply(adding(1, Collections.nCopies(8, true)));
      store.apply(Change.removing(List.of(1L)));
      before = store.revision();
      checkpoint(store);
      store.apply(Change.removing(List.of(2L, 3L)));
    }
    StoredByHand.age(directory().toString());
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      store.apply(Change.removing(List.of(4L)));
      assertEquals(Optional.empty(), store.read(one -> one.removedSince(before)));
      assertArrayEquals(
          new long[] {2, 3, 4},
          store.read(one -> one.removedSince(one.checkpoint().orElseThrow())));
      // Without a checkpoint, or with a later one, the removals are no longer needed.
      checkpoint(store);
    }
    assertEquals(3, number("SELECT count(*) FROM checkpoint_removal"));
    StoredByHand.age(directory().toString());
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      Revision last = store.revision();
      store.apply(Change.removing(List.of(5L)));
      assertArrayEquals(new long[] {5}, store.read(one -> one.removedSince(last)).orElseThrow());
    }
    assertEquals(1, number("SELECT count(*) FROM checkpoint_removal"));
    assertEquals(2, number("SELECT count(*) FROM recent_change"));
  }

  @Test
  void forgetsOldChangesOfAttributes() throws SQLException {
    RandomChanges changes = new RandomChanges(Seeds.random("changes of attributes"));
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      while (StoreContents.of(store).keys().isEmpty()) {
        store.apply(changes.next());
      }
      store.apply(changes.nextOfAttributes());
    }
    assertTrue(number("SELECT count(*) FROM attribute_change") > 0);
    StoredByHand.age(directory().toString());
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      Revision last = store.revision();
      store.apply(changes.nextOfAttributes());
      long[] since = store.read(one -> one.attributesChangedSince(last));
      assertEquals(1, since.length);
      assertEquals(List.of(), store.check());
    }
    assertEquals(1, number("SELECT count(*) FROM attribute_change"));
  }

  @Test
  void recordsTheLastChangeThatWasNotOfAttributesAlone() throws SQLException {
    String lastOfSeries = "SELECT series_generation FROM progress";
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      store.apply(adding(1_000_000, List.of(true)));
      assertEquals(store.generation(), number(lastOfSeries));
      long before = store.generation();
      store.apply(Change.declaring(Map.of("n", AttributeValue.Type.LONG)));
      assertEquals(before, number(lastOfSeries));
      store.apply(Change.removing(List.of(1_000_000L)));
      assertEquals(store.generation(), number(lastOfSeries));
      store.apply(Change.measuring(List.of(), List.of()));
      assertEquals(store.generation(), number(lastOfSeries));
    }
  }

  @Test
  void aRestoredBackupIsAnotherDatabase() {
    Path backup = temporary.resolve("backup");
    Path restored = temporary.resolve("restored");
    try (Store store = SqliteStore.openToWrite(directory(), new TreeMap<>())) {
      store.apply(adding(1, List.of(true, true)));
      store.backup(backup);
      SqliteStore.restore(backup, restored);
      try (Store other = SqliteStore.openToWrite(restored, new TreeMap<>())) {
        assertEquals(StoreContents.of(store), StoreContents.of(other));
        assertEquals(store.revision().changeId(), other.revision().changeId());
        assertNotEquals(store.revision().databaseId(), other.revision().databaseId());
      }
    }
  }

  private static void checkpoint(Store store) {
    Revision now = store.revision();
    store
        .checkpoints()
        .orElseThrow()
        .write(new Checkpoint(now.generation(), now.lastKey(), 1, List.of()))
        .finish();
  }

  @Test
  void refusesOtherEncodings() throws Exception {
    Files.createDirectories(directory());
    // One that looks like a database of ours, and one whose making was cut short.
    execute(
        "PRAGMA encoding = 'UTF-16le'",
        "CREATE TABLE series (id TEXT)",
        "PRAGMA application_id = " + 0x74736462,
        "PRAGMA user_version = " + SqliteStore.FORMAT);
    assertRefusesEncoding(() -> SqliteStore.exists(directory()));
    assertRefusesEncoding(() -> SqliteStore.openToWrite(directory(), new TreeMap<>()));
    execute("DROP TABLE series", "PRAGMA application_id = 0");
    assertRefusesEncoding(() -> SqliteStore.openToWrite(directory(), new TreeMap<>()));
  }

  private static void assertRefusesEncoding(Executable open) {
    String message = assertThrows(StoreException.class, open).getMessage();
    assertTrue(message.startsWith("file must be encoded in UTF-8: encoding=UTF-16le"), message);
  }

  @Override
  protected Place place() {
    Path directory = temporary.resolve("db" + made++);
    return new Place() {
      @Override
      public Store openToWrite() {
        return SqliteStore.openToWrite(directory, new TreeMap<>());
      }

      @Override
      public Store openToRead() {
        return SqliteStore.openToRead(directory);
      }
    };
  }
}
