package dev.vantage.tsdb.engine.embedded;

import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.VerifyReport;
import dev.vantage.tsdb.engine.Database;
import dev.vantage.tsdb.engine.DatabaseWriter;
import dev.vantage.tsdb.engine.Deadline;
import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.NearestIds;
import dev.vantage.tsdb.engine.QueryBinder;
import dev.vantage.tsdb.engine.Refresher;
import dev.vantage.tsdb.engine.ServedDatabase;
import dev.vantage.tsdb.engine.StoreFailures;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.engine.transfer.ArchiveExport;
import dev.vantage.tsdb.engine.verify.DatabaseVerifier;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.pool.LivingThread;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.search.BoundQuery;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A database in this process, or a view of it with a timeout. Thread-safe. Each call checks that
 * the database is open, gets a deadline, and translates failures of the storage into exceptions of
 * the public interface. {@link Database} and {@link DatabaseWriter} do the work.
 */
public final class EmbeddedDatabase implements EmbeddedTsdb {
  private final Shared shared;
  private final Optional<Duration> timeout;

  /** The state that all views of a database share. */
  private static final class Shared {
    private final String place;
    private final ServedDatabase served;
    private final Optional<DatabaseWriter> writer;
    private final Optional<Refresher> refreshing;

    Shared(String place, Supplier<Database> opening, boolean writable, OpenOptions options) {
      this.place = place;
      served = new ServedDatabase(opening);
      writer =
          writable
              ? Optional.of(
                  served.call(
                      database ->
                          new DatabaseWriter(
                              database, options.attributeLimits(), Clock.systemUTC())))
              : Optional.empty();
      refreshing =
          writable
              ? Optional.empty()
              : options.refresh().map(pause -> Refresher.start(served::refresh, pause));
    }
  }

  private EmbeddedDatabase(Shared shared, Optional<Duration> timeout) {
    this.shared = shared;
    this.timeout = timeout;
  }

  public static EmbeddedTsdb open(Path directory, OpenOptions options) {
    return open(directory, options, CheckpointScheduler.LEAST_SERIES);
  }

  public static EmbeddedTsdb open(Path directory, OpenOptions options, int leastSeries) {
    return StoreFailures.translated(
        () -> openAt(new Location.Directory(directory), options, leastSeries));
  }

  public static EmbeddedTsdb open(String location, OpenOptions options) {
    return open(location, options, CheckpointScheduler.LEAST_SERIES);
  }

  public static EmbeddedTsdb open(String location, OpenOptions options, int leastSeries) {
    return StoreFailures.translated(() -> openAt(Location.of(location), options, leastSeries));
  }

  private static EmbeddedTsdb openAt(Location location, OpenOptions options, int leastSeries) {
    boolean writable = options.access() != OpenOptions.Access.READ_ONLY;
    return new EmbeddedDatabase(
        new Shared(
            location.toString(),
            new DatabaseOpening(location, options, leastSeries)::open,
            writable,
            options),
        Optional.empty());
  }

  public static EmbeddedTsdb inMemory(Settings settings, int threads) {
    OpenOptions options =
        OpenOptions.DEFAULT
            .withAccess(OpenOptions.Access.CREATE)
            .withSettings(settings)
            .withThreads(threads)
            .withSpectra(OpenOptions.Spectra.MEMORY);
    return openAt(new Location.Memory(), options, CheckpointScheduler.LEAST_SERIES);
  }

  /** Work that needs the database and a deadline. */
  private interface Work<T> {
    T run(Database database, Deadline deadline);
  }

  private <T> T call(Work<T> work) {
    return StoreFailures.translated(
        () ->
            shared.served.call(
                database -> work.run(database, Deadline.after(timeout, System::nanoTime))));
  }

  private <T> T write(Function<DatabaseWriter, T> work) {
    return work.apply(
        shared.writer.orElseThrow(
            () -> new ReadOnlyException("database must be open for writing: it is read-only")));
  }

  @Override
  public void insert(SeriesEntry entry) {
    Objects.requireNonNull(entry, "entry");
    insertOne(entry, false);
  }

  @Override
  public boolean put(SeriesEntry entry) {
    Objects.requireNonNull(entry, "entry");
    return insertOne(entry, true);
  }

  private boolean insertOne(SeriesEntry entry, boolean replace) {
    InsertOutcome outcome = insertAll(List.of(entry), replace).get(0);
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
    return outcome.created();
  }

  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> entries) {
    Objects.requireNonNull(entries, "entries");
    return insertAll(entries, false);
  }

  @Override
  public List<InsertOutcome> putAll(List<SeriesEntry> entries) {
    Objects.requireNonNull(entries, "entries");
    return insertAll(entries, true);
  }

  private List<InsertOutcome> insertAll(List<SeriesEntry> entries, boolean replace) {
    return call(
        (database, deadline) ->
            write(writer -> writer.insertAll(List.copyOf(entries), replace, deadline)));
  }

  @Override
  public List<AttributeOutcome> setAttributes(Map<String, AttributeChanges> changes) {
    Objects.requireNonNull(changes, "changes");
    Map<String, AttributeChanges> copy = new LinkedHashMap<>(changes);
    copy.forEach(
        (id, one) -> {
          Objects.requireNonNull(id, "id");
          Objects.requireNonNull(one, "changes");
        });
    return call((database, deadline) -> write(writer -> writer.setAttributes(copy, deadline)));
  }

  @Override
  public void delete(String id) {
    SeriesIds.check(id);
    call(
        (database, deadline) ->
            write(
                writer -> {
                  writer.delete(id, deadline);
                  return true;
                }));
  }

  @Override
  public int addVantagePoint(String id) {
    SeriesIds.check(id);
    return call((database, deadline) -> write(writer -> writer.addVantagePoint(id, deadline)));
  }

  @Override
  public SeriesEntry get(String id) {
    SeriesIds.check(id);
    return call((database, deadline) -> database.store().within(deadline.limit()).get(id))
        .orElseThrow(() -> unknown(id));
  }

  private UnknownIdException unknown(String id) {
    return call((database, deadline) -> NearestIds.unknown(database.store(), id));
  }

  @Override
  public List<Curve> curves(List<String> ids, int points) {
    Objects.requireNonNull(ids, "ids");
    CurveReader reader = new CurveReader(ids, points);
    return call(reader::read);
  }

  @Override
  public List<String> ids(IdQuery query) {
    Objects.requireNonNull(query, "query");
    String start = start(query);
    return call(
        (database, deadline) ->
            query.where().isPresent()
                ? database.ids(
                    query.where().get(), start, query.limit(), shared.writer.isPresent(), deadline)
                : database
                    .store()
                    .within(deadline.limit())
                    .ids(Optional.empty(), start, query.limit()));
  }

  @Override
  public long count(IdQuery query) {
    Objects.requireNonNull(query, "query");
    String start = start(query);
    long all =
        call(
            (database, deadline) ->
                query.where().isPresent()
                    ? database.count(
                        query.where().get(), start, shared.writer.isPresent(), deadline)
                    : database.store().within(deadline.limit()).count(Optional.empty(), start));
    return Math.min(query.limit(), all);
  }

  @Override
  public Rows select(Select select) {
    Objects.requireNonNull(select, "select");
    return call(
        (database, deadline) ->
            database.store().within(deadline.limit()).select(select, deadline::check));
  }

  private static String start(IdQuery query) {
    // No id contains NUL, which PostgreSQL would refuse, and no id sorts between the two strings.
    int zero = query.after().indexOf('\0');
    return zero < 0 ? query.after() : query.after().substring(0, zero);
  }

  @Override
  public AttributeTypes attributeTypes() {
    return call((database, deadline) -> database.store().within(deadline.limit()).attributeTypes());
  }

  @Override
  public void declareAttribute(String name, AttributeValue.Type type) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    call(
        (database, deadline) ->
            write(
                writer -> {
                  writer.declareAttribute(name, type, deadline);
                  return true;
                }));
  }

  @Override
  public SearchResult search(Query query) {
    Objects.requireNonNull(query, "query");
    return call(
        (database, deadline) -> {
          BoundQuery bound = binder(database, deadline).bind(query);
          return database.search(
              deadline,
              () ->
                  bound
                      .id()
                      .map(id -> stored(database, id, bound))
                      .orElseGet(() -> database.searcher().search(bound.row(), bound.request())));
        });
  }

  private static SearchResult stored(Database database, String id, BoundQuery bound) {
    return database
        .searcher()
        .search(id, bound.request())
        .orElseThrow(() -> NearestIds.unknown(database.store(), id));
  }

  private static QueryBinder binder(Database database, Deadline deadline) {
    return new QueryBinder(database.attributeTypes(), database.preparer(), deadline);
  }

  @Override
  public List<SearchResult> searchAll(List<Query> queries) {
    Objects.requireNonNull(queries, "queries");
    return call(
        (database, deadline) -> {
          if (queries.isEmpty()) {
            return List.of();
          }
          List<BoundQuery> bound = queries.stream().map(binder(database, deadline)::bind).toList();
          return database.search(
              deadline,
              () ->
                  database
                      .searcher()
                      .searchAll(bound, id -> NearestIds.unknown(database.store(), id)));
        });
  }

  @Override
  public Stats stats() {
    return call(
        (database, deadline) -> {
          Stats stats =
              Stats.of(
                  database.settings(),
                  database.index().size(),
                  database.index().vantagePoints(),
                  memory(database.index()),
                  new Stats.Versions(
                      version(),
                      System.getProperty("java.version"),
                      database.store().format(),
                      Stats.Versions.NEWEST_PROTOCOL));
          return shared.writer.isEmpty() ? stats.asReadOnly() : stats;
        });
  }

  private static Stats.Memory memory(VantageIndex index) {
    return new Stats.Memory(
        index.bytes(),
        index.rowBytes(),
        index.isResident() ? OpenOptions.Spectra.MEMORY : OpenOptions.Spectra.DISK);
  }

  @Override
  public OptionalLong changeCount() {
    return shared.served.changeCount();
  }

  private static String version() {
    return Optional.ofNullable(Tsdb.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public boolean refresh() {
    if (shared.writer.isEmpty()) {
      shared.served.checkIsOpen();
      return StoreFailures.translated(
          () -> shared.served.refresh(Deadline.after(timeout, System::nanoTime)));
    }
    return call(
        (database, deadline) -> {
          shared.writer.get().settle(deadline);
          return false;
        });
  }

  @Override
  public List<String> lostThreads() {
    return shared
        .refreshing
        .map(Refresher::thread)
        .filter(LivingThread::isLost)
        .map(LivingThread::name)
        .stream()
        .toList();
  }

  @Override
  public boolean acceptsWrites() {
    return shared.writer.isEmpty()
        || call((database, deadline) -> database.store().acceptsWrites());
  }

  @Override
  public void backup(Path file) {
    Objects.requireNonNull(file, "file");
    call(
        (database, deadline) -> {
          database.store().backup(file);
          return true;
        });
  }

  @Override
  public void export(Path file, Progress progress) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(progress, "progress");
    call(
        (database, deadline) -> {
          ArchiveExport.write(database.store(), file, progress);
          return true;
        });
  }

  @Override
  public VerifyReport verify(Progress progress) {
    Objects.requireNonNull(progress, "progress");
    return call(
        (database, deadline) ->
            new DatabaseVerifier(database.store(), database.settings(), VerifyOptions.ALL, progress)
                .verify(Optional.of(database)));
  }

  @Override
  public Tsdb withTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new InvalidRequestException("timeout must be greater than 0: timeout=" + timeout);
    }
    return new EmbeddedDatabase(shared, Optional.of(timeout));
  }

  @Override
  public void close() {
    if (timeout.isPresent()) {
      return; // a view does not own the database
    }
    shared.served.refuseCalls();
    shared.refreshing.ifPresent(Refresher::close);
    shared.served.close(
        database -> {
          if (shared.writer.isPresent()) {
            database.checkpointing().close();
          }
        });
  }

  /** {@return where the database lies, without secrets} */
  @Override
  public String toString() {
    return "EmbeddedTsdb["
        + shared.place
        + timeout.map(most -> ", timeout=" + most).orElse("")
        + "]";
  }
}
