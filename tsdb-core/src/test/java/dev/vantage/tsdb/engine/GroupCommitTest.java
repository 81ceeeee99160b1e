package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.engine.verify.DatabaseVerifier;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writes that wait while others are committed are committed together, and fail one by one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(10).withVantagePoints(4);
  private static final int STORED = 20;
  private static final AttributeLimits LIMITS = new AttributeLimits(3, 6);

  @TempDir private Path directory;

  private final RandomSeries series = new RandomSeries(5, 50);
  private final List<CompletableFuture<Void>> writes = new ArrayList<>();
  private SqliteStore store;
  private Database database;
  private DatabaseWriter writer;

  @BeforeEach
  void open() {
    store = SqliteStore.openToWrite(path(), SettingsCodec.properties(SETTINGS));
    // No spectra stay in memory, so removed series are read from the storage.
    database = new Database(SETTINGS, SettingsCodec.metric(SETTINGS), store, new Coprocessor(2), 0);
    writer = new DatabaseWriter(database, LIMITS, Clock.systemUTC());
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < STORED; i++) {
      entries.add(entry("s" + i, Attributes.none().with("number", (long) i)));
    }
    writer.insertAll(entries, false, Deadline.NONE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Path path() {
    return directory.resolve("db");
  }

  private SeriesEntry entry(String id, Attributes attributes) {
    return new SeriesEntry(id, series.next(), attributes);
  }

  private SeriesEntry entry(String id) {
    return entry(id, Attributes.none());
  }

  private Runnable insert(SeriesEntry entry, boolean replace) {
    return () ->
        writer
            .insertAll(List.of(entry), replace, Deadline.NONE)
            .get(0)
            .failure()
            .ifPresent(
                failure -> {
                  throw failure;
                });
  }

  private Runnable insert(String id) {
    return insert(entry(id), false);
  }

  private Runnable delete(String id) {
    return () -> writer.delete(id, Deadline.NONE);
  }

  private Runnable declare(String name, Type type) {
    return () -> writer.declareAttribute(name, type, Deadline.NONE);
  }

  /** Returns a series that is not a vantage point. */
  private String free(int number) {
    List<String> vantagePoints = database.index().vantagePoints();
    return IntStream.range(0, STORED)
        .mapToObj(i -> "s" + i)
        .filter(id -> !vantagePoints.contains(id))
        .toList()
        .get(number);
  }

  private Runnable set(String id, Attributes attributes) {
    return () ->
        writer
            .setAttributes(Map.of(id, AttributeChanges.setting(attributes)), Deadline.NONE)
            .get(0)
            .failure()
            .ifPresent(
                failure -> {
                  throw failure;
                });
  }

  /** Makes writes wait for one another in this order, then lets them continue. */
  private void together(Runnable... all) {
    together(writer::waiting, all);
  }

  private void together(IntSupplier waiting, Runnable... all) {
    database.locks().commitLock().lock();
    try {
      for (Runnable write : all) {
        int before = waiting.getAsInt();
        writes.add(CompletableFuture.runAsync(write, task -> new Thread(task).start()));
        await(() -> waiting.getAsInt() > before);
      }
    } finally {
      database.locks().commitLock().unlock();
    }
    for (CompletableFuture<Void> write : writes) {
      write.handle((done, failure) -> true).join();
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "must come true in time");
      Thread.onSpinWait();
    }
  }

  private Optional<Throwable> failure(int write) {
    try {
      writes.get(write).join();
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(e.getCause());
    }
  }

  private void assertFailures(Class<?>... kinds) {
    for (int i = 0; i < kinds.length; i++) {
      Optional<Throwable> failure = failure(i);
      if (kinds[i] == null) {
        assertEquals(Optional.empty(), failure, "write=" + i);
      } else {
        assertInstanceOf(kinds[i], failure.orElseThrow(), "write=" + i);
      }
    }
  }

  /**
   * Checks that index and storage have the same data and answer like a scan, also after a reopen.
   */
  private void assertSound(int size) {
    assertEquals(size, database.index().size());
    assertEquals(
        List.of(),
        new DatabaseVerifier(store, SETTINGS, VerifyOptions.ALL, (done, of) -> {})
            .verify(Optional.of(database))
            .problems());
    OpenOptions options = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (EmbeddedTsdb again = Tsdb.open(path(), options)) {
      assertEquals(store.ids(Optional.empty(), "", 1000), again.ids(IdQuery.first(1000)));
      assertEquals(size, again.stats().series());
      assertEquals(List.of(), again.verify(Progress.NONE).problems());
      assertEquals(store.attributeTypes(), again.attributeTypes());
      assertEquals(database.attributeTypes(), again.attributeTypes());
    }
  }

  @Test
  void writesThatWaitAreStoredAtOnce() {
    long generation = store.generation();
    SeriesEntry replacement = entry(free(1), Attributes.none().with("text", "new"));
    together(
        insert("a"),
        insert("b"),
        insert(replacement, true),
        delete(free(0)),
        declare("period", Type.DOUBLE),
        insert(entry("c", Attributes.none().with("band", "g")), false));
    assertFailures(null, null, null, null, null, null);
    assertEquals(generation + 1, store.generation());
    assertEquals(Optional.of(replacement), store.get(replacement.id()));
    assertEquals(Optional.of(Type.TEXT), store.attributeTypes().type("band"));
    assertSound(STORED + 2);
  }

  @Test
  void refusedWritesFailAlone() {
    Attributes many = Attributes.none();
    for (int i = 0; i <= LIMITS.perSeries(); i++) {
      many = many.with("number" + i, 1L);
    }
    together(
        insert("a"),
        insert("s0"),
        delete("nobody"),
        insert(entry("b", Attributes.none().with("number", "a text")), false),
        insert(entry("c", many), false),
        declare("number", Type.TEXT),
        declare("mean", Type.DOUBLE),
        insert("d"),
        delete(free(0)));
    assertFailures(
        null,
        IdTakenException.class,
        UnknownIdException.class,
        InvalidAttributeException.class,
        InvalidAttributeException.class,
        InvalidAttributeException.class,
        InvalidAttributeException.class,
        null,
        null);
    assertSound(STORED + 1);
  }

  @Test
  void writesToOneIdFollowOneAnother() {
    SeriesEntry last = entry("a");
    together(
        insert("a"),
        insert("a"),
        delete("a"),
        delete("a"),
        insert("a"),
        insert(last, true),
        insert("a"));
    assertFailures(
        null,
        IdTakenException.class,
        null,
        UnknownIdException.class,
        null,
        null,
        IdTakenException.class);
    assertEquals(Optional.of(last), store.get("a"));
    assertSound(STORED + 1);
  }

  @Test
  void changesOfAttributesJoinOtherWrites() {
    long generation = store.generation();
    Attributes none = Attributes.none();
    together(
        insert("a"),
        set("s1", none.with("number", 70)),
        set("s2", none.with("number", "a text")),
        delete(free(0)),
        set("nobody", none.with("number", 1)),
        set(database.index().vantagePoints().get(0), none.with("text", "x")),
        set("s3", none.with("number", 3))); // as it is
    assertFailures(
        null, null, InvalidAttributeException.class, null, UnknownIdException.class, null, null);
    assertEquals(generation + 1, store.generation());
    assertEquals(none.with("number", 70), store.get("s1").orElseThrow().attributes());
    assertSound(STORED);
  }

  @Test
  void changesOfOneSeriesFollowOneAnother() {
    Attributes none = Attributes.none();
    String id = free(1);
    SeriesEntry replacement = entry(id, none.with("text", "last"));
    String deleted = free(0);
    together(
        set(id, none.with("number", 1)),
        set(id, none.with("text", "first")),
        insert(replacement, true),
        set(id, none.with("number", 2)),
        delete(deleted),
        set(deleted, none.with("number", 1)),
        set(free(2), none.with("fresh", 1)),
        set(free(3), none.with("fresh", "text")));
    assertFailures(
        null,
        null,
        null,
        null,
        null,
        UnknownIdException.class,
        null,
        InvalidAttributeException.class);
    assertEquals(
        replacement.attributes().with("number", 2), store.get(id).orElseThrow().attributes());
    assertSound(STORED - 1);
  }

  @Test
  void theFirstToDeclareAnAttributeDecides() {
    together(
        declare("a", Type.TEXT),
        declare("a", Type.LONG),
        insert(entry("a", Attributes.none().with("a", 1L)), false),
        insert(entry("b", Attributes.none().with("b", 1L)), false),
        insert(entry("c", Attributes.none().with("b", "text")), false),
        declare("a", Type.TEXT));
    assertFailures(
        null,
        InvalidAttributeException.class,
        InvalidAttributeException.class,
        null,
        InvalidAttributeException.class,
        null);
    assertSound(STORED + 1);
  }

  @Test
  void aDatabaseTakesNoMoreAttributesThanItsLimit() {
    List<Runnable> all = new ArrayList<>();
    for (int i = 1; i < LIMITS.perDatabase(); i++) {
      all.add(declare("name" + i, Type.TEXT));
    }
    all.add(insert(entry("a", Attributes.none().with("one more", 1L)), false));
    all.add(declare("another", Type.TEXT));
    all.add(insert(entry("b", Attributes.none().with("name1", "known")), false));
    together(all.toArray(Runnable[]::new));
    Class<?>[] kinds = new Class<?>[all.size()];
    kinds[all.size() - 3] = InvalidAttributeException.class;
    kinds[all.size() - 2] = InvalidAttributeException.class;
    assertFailures(kinds);
    assertEquals(
        "attribute count of a database must be <= 6: attributes=7",
        failure(all.size() - 2).orElseThrow().getMessage());
    assertSound(STORED + 1);
  }

  /** The first write would have led the others. */
  @Test
  void writesWhoseTimePassesHaveNoEffect() {
    Deadline hasty = Deadline.after(Optional.of(Duration.ofSeconds(2)), System::nanoTime);
    SeriesEntry late = entry("late");
    CompletableFuture<Void> other;
    database.locks().commitLock().lock();
    try {
      CompletableFuture<Void> first =
          CompletableFuture.runAsync(
              () -> writer.insertAll(List.of(late), false, hasty),
              task -> new Thread(task).start());
      await(() -> writer.waiting() == 1);
      other = CompletableFuture.runAsync(insert("a"), task -> new Thread(task).start());
      await(() -> writer.waiting() == 2);
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(
              () -> writer.delete("s0", hasty), task -> new Thread(task).start());
      for (CompletableFuture<Void> one : List.of(first, second)) {
        Throwable failure = one.handle((done, why) -> why).join();
        assertInstanceOf(DeadlineExceededException.class, failure.getCause());
      }
    } finally {
      database.locks().commitLock().unlock();
    }
    other.join();
    assertEquals(Optional.empty(), store.get("late"));
    assertTrue(store.get("s0").isPresent());
    assertSound(STORED + 1);
  }

  @Test
  void aStorageThatFailsFailsEachWriteOfTheGroup() throws Exception {
    Path away = directory.resolve("away");
    Files.move(path(), away);
    together(
        insert("a"),
        insert("s0"),
        delete(free(0)),
        declare("period", Type.DOUBLE),
        insert(entry(free(1)), true));
    for (int i : new int[] {0, 2, 3, 4}) {
      StoreException failure = (StoreException) failure(i).orElseThrow();
      assertEquals(StoreException.Kind.UNAVAILABLE, failure.kind());
    }
    assertInstanceOf(IdTakenException.class, failure(1).orElseThrow());
    Files.move(away, path());
    assertSound(STORED);
    writes.clear();
    together(insert("a"), delete(free(0)));
    assertFailures(null, null);
    assertSound(STORED);
  }

  /** The row of a series that is removed is read, for the searches that still see it. */
  @Test
  void aWriteThatTheStorageRefusesFailsAlone() throws Exception {
    String damaged = free(0);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + path().resolve("tsdb.sqlite"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE series SET sample_values = zeroblob(400) WHERE id = '" + damaged + "'");
    }
    together(insert("a"), delete(damaged), insert("b"), delete(free(1)));
    assertFailures(null, StoreException.class, null, null);
    assertEquals(STORED + 1, database.index().size());
    assertEquals(
        Arrays.asList(true, true, false),
        List.of(
            database.index().find("b").isPresent(),
            database.index().find(damaged).isPresent(),
            database.index().find(free(1)).isPresent()));
  }

  /** Commits groups as the writer does. */
  private final class Groups implements CommitQueue.Committer {
    private long lastKey = store.lastKey();

    @Override
    public InsertCommit begin() {
      return new InsertCommit(database, false, Instant.EPOCH, lastKey, LIMITS);
    }

    @Override
    public void store(InsertCommit group, Deadline deadline) {
      group.complete(deadline);
      store.apply(group.change(deadline), deadline.limit());
    }

    @Override
    public void publish(InsertCommit group) {
      lastKey = group.publish();
    }
  }

  /** A write of one series, which can be refused or fail while it joins a group. */
  private record OneSeries(PendingInsert arrival) implements QueuedWrite {
    @Override
    public Joined join(InsertCommit group) {
      return group.insert(List.of(arrival), false);
    }

    @Override
    public int series() {
      return 1;
    }

    @Override
    public long points() {
      return arrival.entry.series().size();
    }
  }

  private PendingInsert measured(String id) {
    PendingInsert arrival = new PendingInsert(entry(id));
    arrival.row = database.preparer().prepare(arrival.entry.series());
    arrival.distances = database.index().distances(arrival.row);
    return arrival;
  }

  @Test
  void aWriteThatFailsHalfWayIntoAGroupFailsAlone() {
    PendingInsert broken = measured("broken");
    broken.distances = new double[0];
    InsertCommit admission = new Groups().begin();
    assertFalse(admission.isSpoiled());
    assertThrows(RuntimeException.class, () -> new OneSeries(broken).join(admission));
    assertTrue(admission.isSpoiled());

    CommitQueue queue = new CommitQueue(database.locks().commitLock(), new Groups());
    together(
        queue::waiting,
        List.of(measured("a"), broken, measured("b")).stream()
            .map(OneSeries::new)
            .map(write -> (Runnable) () -> queue.commit(write, Deadline.NONE))
            .toArray(Runnable[]::new));
    assertFailures(null, RuntimeException.class, null);
    assertSound(STORED + 2);
  }
}
