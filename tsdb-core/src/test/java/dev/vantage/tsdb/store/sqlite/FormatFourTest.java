package dev.vantage.tsdb.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.store.AttributeDelta;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.StoreContents;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format 4, which knows no changes of attributes, keeps its history when converted. */
class FormatFourTest {
  @TempDir Path directory;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream in =
            FormatFourTest.class.getResourceAsStream("/dev/vantage/tsdb/format-4-database.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(directory.resolve(entry.getName()), zip.readAllBytes());
      }
    }
  }

  private Path file() {
    return directory.resolve(SqliteStore.FILE_NAME);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static AttributeDelta changed(StoreContents contents) {
    DescribedSeries before = contents.described().get(0);
    return AttributeDelta.between(
        before, new DescribedSeries(before.key(), before.summary(), Attributes.none()));
  }

  @Test
  void aReaderFollowsAWriterThatConvertsIt() {
    try (SqliteStore reader = SqliteStore.openToRead(directory)) {
      StoreContents contents = StoreContents.of(reader);
      Revision known = reader.revision();
      assertEquals(List.of(), reader.check());
      assertEquals(0, reader.<long[]>read(one -> one.attributesChangedSince(known)).length);
      try (SqliteStore writer = SqliteStore.openToWrite(directory, new TreeMap<>())) {
        assertEquals(contents, StoreContents.of(writer));
        assertEquals(known, writer.revision());
        assertEquals(contents, StoreContents.of(reader));
        AttributeDelta delta = changed(contents);
        writer.apply(Change.declaring(Map.of()).withAttributes(List.of(delta)));
        reader.read(
            snapshot -> {
              assertArrayEquals(new long[0], snapshot.removedSince(known).orElseThrow());
              assertArrayEquals(new long[] {delta.key()}, snapshot.attributesChangedSince(known));
              return true;
            });
        assertEquals(List.of(), writer.check());
      }
      assertEquals(List.of(), reader.check());
    }
  }

  @Test
  void aBackupOfItIsRestored() throws IOException {
    StoreContents contents;
    try (SqliteStore store = SqliteStore.openToRead(directory)) {
      contents = StoreContents.of(store);
    }
    Path backup = directory.resolve("backup");
    Files.copy(file(), backup);
    BackupFile.seal(backup);
    Path restored = directory.resolve("restored");
    SqliteStore.restore(backup, restored);
    try (SqliteStore store = SqliteStore.openToRead(restored)) {
      assertEquals(contents, StoreContents.of(store));
      assertEquals(List.of(), store.check());
    }
  }

  @Test
  void aConversionThatFailsLeavesTheFileAsItWas() throws SQLException {
    StoreContents contents;
    try (SqliteStore store = SqliteStore.openToRead(directory)) {
      contents = StoreContents.of(store);
    }
    execute("CREATE TABLE attribute_change (in_the_way)");
    assertThrows(StoreException.class, () -> SqliteStore.openToWrite(directory, new TreeMap<>()));
    execute("DROP TABLE attribute_change");
    try (SqliteStore store = SqliteStore.openToRead(directory)) {
      assertEquals(contents, StoreContents.of(store));
    }
  }

  /** The row of the last change is checked before it gets a new checksum. */
  @Test
  void aDamagedOneIsNotConverted() throws SQLException {
    execute("UPDATE progress SET last_key = last_key + 1");
    StoreException damage =
        assertThrows(
            StoreException.class, () -> SqliteStore.openToWrite(directory, new TreeMap<>()));
    assertEquals(StoreException.Kind.DAMAGED, damage.kind());
  }
}
