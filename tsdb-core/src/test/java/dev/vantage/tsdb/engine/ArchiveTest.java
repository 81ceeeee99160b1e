package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.archive.ArchiveLines;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.sql.StoredByHand;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is exported and restored is the same database. */
public class ArchiveTest {
  private static final List<Double> ODD =
      List.of(
          -0.0,
          0.0,
          Double.MIN_VALUE,
          -Double.MIN_NORMAL,
          Math.nextDown(Double.MIN_NORMAL),
          Math.nextUp(1.0),
          0.1 + 0.2,
          2e-3,
          9007199254740993e3,
          1e22,
          -1.7976931348623157e150);

  private static final List<String> TEXTS =
      List.of("", "a", "\"", "\\", "\n\r\t\u0001", "\u00e9\u20ac\u2028", "\ud83d\ude00", "null");

  @TempDir private Path temporary;

  private Path path(String name) {
    return temporary.resolve(name);
  }

  private static void export(EmbeddedTsdb database, Path file) {
    database.export(file, Progress.NONE);
  }

  private static EmbeddedTsdb openToRead(Path directory) {
    return Tsdb.open(directory, OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY));
  }

  @Test
  void anyDatabaseComesBackAsItWas() throws Exception {
    Random random = Seeds.random("ArchiveTest");
    for (int round = 0; round < 12; round++) {
      Path from = path("from" + round);
      Path to = path("to" + round);
      fill(from, random);
      List<Long> told = new ArrayList<>();
      try (EmbeddedTsdb database = openToRead(from)) {
        database.export(path("export" + round), (written, of) -> told.add(written));
        assertEquals(database.stats().series(), told.isEmpty() ? 0 : told.get(told.size() - 1));
      }
      EmbeddedTsdb.restore(path("export" + round), to);
      assertEquals(contents(from), contents(to));
      try (EmbeddedTsdb before = openToRead(from);
          EmbeddedTsdb after = openToRead(to)) {
        assertEquals(List.of(), after.verify(Progress.NONE).problems());
        Query query = Query.like("any").nearest(5);
        for (String id : before.ids(IdQuery.first(10))) {
          assertEquals(
              before.search(query.about(id)).neighbors(),
              after.search(query.about(id)).neighbors());
        }
        export(after, path("again" + round));
      }
      assertArrayEquals(
          Files.readAllBytes(path("export" + round)), Files.readAllBytes(path("again" + round)));
    }
  }

  /**
   * Inserts every kind of series, replaces and deletes some, and makes changes that only older
   * formats and other programs can make.
   */
  public static void fill(Path directory, Random random) throws SQLException {
    Settings settings =
        new Settings(
            8 << random.nextInt(3),
            MetricSpec.DEFAULT.with("multiplier", "" + (0.1 + random.nextInt(30))),
            1 + random.nextInt(6),
            random.nextLong(),
            random.nextBoolean() ? Resampling.PERIODIC : Resampling.INTERVAL);
    try (Tsdb database = Tsdb.open(directory, OpenOptions.DEFAULT.withSettings(settings))) {
      int count = random.nextInt(4) == 0 ? random.nextInt(4) : 10 + random.nextInt(600);
      for (int i = 0; i < count; i += 50) {
        List<SeriesEntry> entries = new ArrayList<>();
        for (int k = i; k < Math.min(count, i + 50); k++) {
          entries.add(entry(random, k));
        }
        database.putAll(entries);
      }
      for (String id : database.ids(IdQuery.first(count + 1))) {
        boolean free = !database.stats().vantagePoints().contains(id);
        switch (random.nextInt(20)) {
          case 0 ->
              database.putAll(List.of(new SeriesEntry(id, points(random), attributes(random))));
          case 1 -> {
            if (free) {
              database.delete(id);
            }
          }
          case 2 -> {
            if (free && database.stats().vantagePoints().size() < 9) {
              database.addVantagePoint(id);
            }
          }
          default -> {}
        }
      }
    }
    try (Store store = SqliteStore.openToWrite(directory, SettingsCodec.properties(settings))) {
      store.declare("never set", AttributeValue.Type.TIMESTAMP);
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteStore.FILE_NAME));
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE summary SET inserted_at = NULL WHERE key % 3 = 0");
      statement.execute("UPDATE summary SET inserted_at = -62135596800000000 + key WHERE key = 1");
      statement.execute("UPDATE summary SET inserted_at = 253402300799999999 WHERE key = 2");
    }
    StoredByHand.seal(directory.toString());
  }

  private static SeriesEntry entry(Random random, int number) {
    String id = TEXTS.get(5 + random.nextInt(3)) + " \"" + number % 400 + "\\";
    return new SeriesEntry(id, points(random), attributes(random));
  }

  private static TimeSeries points(Random random) {
    int count = 2 + random.nextInt(random.nextInt(20) == 0 ? 2000 : 20);
    double[] values = random.doubles(count, -1, 1).toArray();
    Arrays.setAll(values, i -> random.nextInt(4) == 0 ? odd(random) : values[i]);
    values[0] = 1;
    values[1] = 2;
    double[] times = random.doubles(count).toArray();
    return switch (random.nextInt(3)) {
      case 0 -> TimeSeries.ofValues(values);
      case 1 -> TimeSeries.of(times, values);
      default -> TimeSeries.of(times, values).foldedBy(0.1 + random.nextDouble());
    };
  }

  private static double odd(Random random) {
    return ODD.get(random.nextInt(ODD.size()));
  }

  private static Attributes attributes(Random random) {
    Map<String, AttributeValue> values = new TreeMap<>();
    if (random.nextBoolean()) {
      values.put("double", new AttributeValue.DoubleValue(odd(random)));
    }
    if (random.nextBoolean()) {
      List<Long> longs = List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong());
      values.put("long \"\\", new AttributeValue.LongValue(longs.get(random.nextInt(5))));
    }
    if (random.nextBoolean()) {
      values.put(
          "t\u20acxt", new AttributeValue.TextValue(TEXTS.get(random.nextInt(TEXTS.size()))));
    }
    if (random.nextBoolean()) {
      values.put("boolean", new AttributeValue.BooleanValue(random.nextBoolean()));
    }
    if (random.nextBoolean()) {
      long microseconds = random.nextLong() % 60_000_000_000_000_000L;
      values.put("timestamp", AttributeValue.TimestampValue.ofEpochMicroseconds(microseconds));
    }
    return Attributes.of(values);
  }

  /** The contents of a database, without distances and storage keys. */
  record Contents(
      Map<String, String> properties,
      Map<String, AttributeValue.Type> types,
      List<String> vantagePoints,
      List<SeriesEntry> entries,
      List<Optional<Instant>> insertedAt) {}

  public static Contents contents(Path directory) {
    List<String> vantagePoints;
    try (EmbeddedTsdb database = openToRead(directory)) {
      vantagePoints = database.stats().vantagePoints();
    }
    try (Store store = SqliteStore.openToRead(directory)) {
      List<String> ids = store.ids(Optional.empty(), "", Integer.MAX_VALUE);
      Map<Long, String> idsByKey = new TreeMap<>();
      Map<String, Optional<Instant>> insertedAt = new TreeMap<>();
      store.read(
          snapshot -> {
            snapshot.forEach(0, one -> idsByKey.put(one.key(), one.entry().id()));
            snapshot.describe(one -> insertedAt.put(idsByKey.get(one.key()), moment(one)));
            return true;
          });
      return new Contents(
          store.properties(),
          store.attributeTypes().declared(),
          vantagePoints,
          ids.stream().map(id -> store.get(id).orElseThrow()).toList(),
          ids.stream().map(insertedAt::get).toList());
    }
  }

  private static Optional<Instant> moment(DescribedSeries one) {
    return one.summary().insertedAt();
  }

  /** Returns a short export with every kind of content. */
  private Path smallExport() {
    Settings settings = Settings.DEFAULT.withLength(8).withVantagePoints(2);
    Path file = path("small");
    try (EmbeddedTsdb database = Tsdb.inMemory(settings)) {
      database.insert(
          new SeriesEntry("a", TimeSeries.ofValues(1, 2, -0.0), Attributes.none().with("n", 1L)));
      database.insert("b", TimeSeries.of(new double[] {0, 0.5}, new double[] {3, 2}).foldedBy(2));
      database.insert("c", TimeSeries.ofValues(1, 2, 4));
      export(database, file);
    }
    return file;
  }

  @Test
  void anyChangedBitIsFound() throws IOException {
    byte[] good = Files.readAllBytes(smallExport());
    Path bad = path("bad");
    for (int i = 0; i < good.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] bytes = good.clone();
        bytes[i] ^= (byte) (1 << bit);
        assertRefused(Files.write(bad, bytes), "bit " + bit + " of byte " + i);
      }
    }
    assertTheGoodOneIsTaken();
  }

  @Test
  void anyTruncationIsFound() throws IOException {
    byte[] good = Files.readAllBytes(smallExport());
    Path bad = path("bad");
    for (int length = 0; length < good.length; length++) {
      assertRefused(Files.write(bad, Arrays.copyOf(good, length)), "length " + length);
    }
    assertRefused(Files.write(bad, Arrays.copyOf(good, good.length + 1)), "a byte more");
    assertTheGoodOneIsTaken();
  }

  private void assertRefused(Path file, String what) {
    assertThrows(TsdbException.class, () -> EmbeddedTsdb.restore(file, path("to")), what);
    assertFalse(SqliteStore.exists(path("to")), what);
  }

  private void assertTheGoodOneIsTaken() {
    EmbeddedTsdb.restore(path("small"), path("to"));
    try (EmbeddedTsdb database = openToRead(path("to"))) {
      assertEquals(List.of("a", "b", "c"), database.ids(IdQuery.first(9)));
    }
  }

  @Test
  void anyLineThatIsLeftOutDoubledOrMovedIsFound() throws IOException {
    List<String> all = ArchiveLines.read(smallExport());
    List<String> lines = all.subList(0, all.size() - 1);
    for (int i = 0; i < lines.size(); i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      List<String> twice = new ArrayList<>(lines);
      twice.add(i, lines.get(i));
      List<String> moved = new ArrayList<>(without);
      moved.add((i + 1) % lines.size(), lines.get(i));
      for (List<String> changed : List.of(without, twice, moved)) {
        // Tests any number of series in the last line.
        for (int series = 2; series < 5; series++) {
          assertRefused(ArchiveLines.write(path("bad"), series, changed, lines), "line " + i);
        }
      }
    }
    EmbeddedTsdb.restore(ArchiveLines.write(path("same"), 3, lines), path("same db"));
    assertRefused(ArchiveLines.write(path("bad"), 4, lines), "one series less than was said");
  }

  /** A parser of JSON takes it for UTF-32, with a character that there is not. */
  @Test
  void whatBeginsInAnotherEncodingIsNoExport() throws IOException {
    byte[] text = {0, 0, 0, '{', '{', '!', 'f', 'o', '\n'};
    Path bad = ArchiveLines.write(path("bad"), 1, out -> out.write(text));
    TsdbException refused =
        assertThrows(TsdbException.class, () -> EmbeddedTsdb.restore(bad, path("to")));
    assertTrue(
        refused.getMessage().contains("file must be an export of tsdb"), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'version':1|'version':2|export must be of version 1: version=2",
        "'version':1|'version':-1|export must be of version 1: version=-1",
        "tsdb-export|tsdb-else|file must be an export of tsdb",
        "'seed':'0'|'seed':'zero'|stored settings must be readable",
        "'metric.name':'|'metric.name':'another |must use a metric that is known here",
        "'n':'long'|'n':'int'|no such type: type=int: line=3",
        "'n':'long'|'mean':'long'|attribute must not be built in",
        "'n':'long'|'m':'long'|attribute must be declared: name='n': line=",
        "'n':1|'n':1.5|value must be a whole number: found=a number: line=",
        "'n':1|'n':99999999999999999999|out of range of long",
        "'n':1|'n':1,'n':2|attribute must occur once",
        "'n':1|'n':null|value must be a whole number: found=null",
        "['a','b']|['b','a']|the vantage points must come first, in their order",
        "['a','b']|['a','b','c','d']|checksum mismatch of the lines",
        "'id':'c'|'id':'a'|id must occur once: id=a",
        "'id':'c'|'id':''|id must have at least 1 byte",
        "'id':'c'|'id':'c','id':'c'|field must occur once: field=id",
        "'id':'c',||field is missing: field=id",
        "'id':'c'|'name':'c'|field must be known: field=name",
        "[1.0,2.0,4.0]|[1.0,1.0,1.0]|series must not be constant",
        "[1.0,2.0,4.0]|[1.0,2.0,1e999]|values must be finite",
        "[1.0,2.0,4.0]|[1.0,2.0,'x']|value must be a number: found=a string",
        "[1.0,2.0,4.0]|[[[[[[1.0,2.0,4.0]]]]]]|value must be a number: found=an array",
        "[1.0,2.0,4.0]|[1.0,2.0,4.0|line=",
        "'period':2.0|'period':0|period must be finite and greater than 0",
        "'inserted_at':'|'inserted_at':'on |timestamp must be ISO 8601",
        "[0.0,0.5]|[0.0]|times and values must have the same length",
      })
  void whatMakesNoSenseIsToldByLine(String change) throws IOException {
    String[] parts = change.split("\\|");
    String from = parts[0].replace('\'', '"');
    String to = parts[1].replace('\'', '"');
    List<String> all = ArchiveLines.read(smallExport());
    String text = String.join("\n", all.subList(0, all.size() - 1));
    assertTrue(text.contains(from), text);
    List<String> lines = text.replace(from, to).lines().toList();
    Path bad = ArchiveLines.write(path("bad"), 3, lines);
    TsdbException refused =
        assertThrows(TsdbException.class, () -> EmbeddedTsdb.restore(bad, path("to")));
    assertTrue(refused.getMessage().contains(parts[2]), refused.getMessage());
    assertFalse(SqliteStore.exists(path("to")));
    assertTheGoodOneIsTaken();
  }

  @Test
  void anExportIsMadeWholeOrNotAtAll() throws IOException {
    Path file = path("export");
    try (EmbeddedTsdb database = Tsdb.inMemory(Settings.DEFAULT.withLength(8))) {
      database.insert("a", TimeSeries.ofValues(1, 2));
      export(database, file);
      assertThrows(StorageException.class, () -> export(database, file));
      assertThrows(StorageException.class, () -> export(database, path("no/such/place")));
      IllegalStateException stop = new IllegalStateException("stopped");
      assertEquals(
          stop,
          assertThrows(
              IllegalStateException.class,
              () ->
                  database.export(
                      path("stopped"),
                      (written, of) -> {
                        throw stop;
                      })));
      assertFalse(Files.exists(path("stopped")));
      assertEquals(List.of("export"), DirectoryNames.of(temporary));
    }
    EmbeddedTsdb.restore(file, path("to"));
    assertThrows(StorageException.class, () -> EmbeddedTsdb.restore(file, path("to")));
  }
}
