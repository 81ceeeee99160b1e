package dev.vantage.tsdb;

import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A database of time series that finds, exactly, the stored series that look like a given series.
 *
 * <p>Thread-safe. The database is either embedded in this process ({@link #open}, {@link
 * #inMemory}) or behind a server, reached over a socket; both behave alike. A search never waits
 * for another search. Answers are those of a linear scan, whatever the number of threads or vantage
 * points, unless the query has a budget and its report says that it was spent.
 *
 * <p>Besides what each method names, every method throws {@link UnavailableException} after {@link
 * #close}, {@link StorageException} when the storage fails, and on a view made by {@link
 * #withTimeout} {@link DeadlineExceededException} when time runs out.
 */
public interface Tsdb extends AutoCloseable {

  /**
   * Opens the database in a directory for reading and writing, and creates it with default settings
   * if it does not exist.
   *
   * @param directory the directory of the database
   * @return the database
   * @throws DatabaseInUseException if it is open for writing elsewhere
   * @throws DamagedDatabaseException if stored data is damaged
   */
  static EmbeddedTsdb open(Path directory) {
    Objects.requireNonNull(directory, "directory");
    return open(directory, OpenOptions.DEFAULT);
  }

  /**
   * Opens the database in a directory. Reads each series at most once and computes no distance.
   *
   * @param directory the directory of the database
   * @param options how to open it
   * @return the database
   * @throws DatabaseInUseException if it is open for writing elsewhere, and writing was asked for
   * @throws DamagedDatabaseException if stored data is damaged
   * @throws InvalidLocationException if the database exists but must not, or must exist but does
   *     not
   * @throws InvalidRequestException if the database was created with settings other than those in
   *     the options
   */
  static EmbeddedTsdb open(Path directory, OpenOptions options) {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(options, "options");
    return EmbeddedDatabase.open(directory, options);
  }

  /**
   * Opens a database for reading and writing, and creates it with default settings if it does not
   * exist.
   *
   * @param location the location, as in {@link #open(String, OpenOptions)}
   * @return the database
   * @throws DatabaseInUseException if it is open for writing elsewhere
   * @throws DamagedDatabaseException if stored data is damaged
   */
  static EmbeddedTsdb open(String location) {
    Objects.requireNonNull(location, "location");
    return open(location, OpenOptions.DEFAULT);
  }

  /**
   * Opens a database in a directory or in PostgreSQL. Reads each series at most once and computes
   * no distance.
   *
   * <p>Any number of processes can open a database in PostgreSQL for reading while one process
   * writes to it. While PostgreSQL is unreachable, every call that needs it throws {@link
   * UnavailableException}; calls succeed again as soon as PostgreSQL is back. A write that throws
   * {@link UnavailableException} was not stored and may be tried again. If it is not known whether
   * a write was stored, it throws {@link OutcomeUnknownException}.
   *
   * @param location the path of a directory; or {@code
   *     postgresql://user:password@host:port/database?parameters}, also after {@code jdbc:}, with
   *     the parameters of its JDBC driver. The password may be in the environment variable
   *     PGPASSWORD or in a file {@code .pgpass} instead. The database is in the schema {@code
   *     tsdb}, unless the parameter {@code currentSchema} names another; the schema is made if it
   *     does not exist
   * @param options how to open it
   * @return the database
   * @throws DatabaseInUseException if it is open for writing elsewhere, and writing was asked for
   * @throws DamagedDatabaseException if stored data is damaged
   * @throws InvalidLocationException if the database exists but must not, or must exist but does
   *     not
   * @throws InvalidRequestException if the database was created with settings other than those in
   *     the options, or the location is malformed
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static EmbeddedTsdb open(String location, OpenOptions options) {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(options, "options");
    return EmbeddedDatabase.open(location, options);
  }

  /**
   * Creates an empty database in memory, which is lost when it is closed.
   *
   * @param settings the settings of the database
   * @return the database
   */
  static EmbeddedTsdb inMemory(Settings settings) {
    Objects.requireNonNull(settings, "settings");
    return EmbeddedDatabase.inMemory(settings, OpenOptions.DEFAULT.threads());
  }

  /**
   * Creates an empty database in memory, which is lost when it is closed.
   *
   * @param settings the settings of the database
   * @param threads threads of the coprocessor pool, 1 to 1024
   * @return the database
   */
  static EmbeddedTsdb inMemory(Settings settings, int threads) {
    Objects.requireNonNull(settings, "settings");
    return EmbeddedDatabase.inMemory(settings, threads);
  }

  /**
   * Adds a series. It is durable when this returns.
   *
   * @param entry the series
   * @throws IdTakenException if the id is taken
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the series cannot be resampled
   */
  void insert(SeriesEntry entry);

  /**
   * Adds a series without attributes. It is durable when this returns.
   *
   * @param id the id
   * @param series the points
   * @throws IdTakenException if the id is taken
   * @throws dev.vantage.tsdb.series.InvalidIdException if the id is malformed
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the series cannot be resampled
   */
  default void insert(String id, TimeSeries series) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(series, "series");
    insert(new SeriesEntry(id, series));
  }

  /**
   * Adds a series, or replaces the series with the same id. It is durable when this returns.
   * Replacing a vantage point computes one distance to every series.
   *
   * @param entry the series
   * @return whether the id is new
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the series cannot be resampled
   */
  boolean put(SeriesEntry entry);

  /**
   * Adds many series, each as if by {@link #insert}, at less cost. Accepted series are durable when
   * this returns; a refused series does not stop the others. Large batches are stored in parts:
   * when this throws, the series of earlier parts may have been stored.
   *
   * @param entries the series, in order; if two have the same id, the second finds the id taken
   * @return the outcome of each series, in the same order
   */
  List<InsertOutcome> insertAll(List<SeriesEntry> entries);

  /**
   * Adds or replaces many series, each as if by {@link #put}, at less cost; otherwise like {@link
   * #insertAll}.
   *
   * @param entries the series, in order; if two have the same id, the second replaces the first
   * @return the outcome of each series, in the same order
   */
  List<InsertOutcome> putAll(List<SeriesEntry> entries);

  /**
   * Changes attributes of a stored series; its points stay. Computes no distance. The change is
   * durable when this returns. Repeating it is harmless.
   *
   * @param id the id
   * @param changes the values to set and the names to remove; other attributes stay
   * @throws UnknownIdException if no series has the id
   * @throws dev.vantage.tsdb.series.InvalidAttributeException if a value is not of the type of its
   *     attribute, or if an attribute must not be set
   */
  default void setAttributes(String id, AttributeChanges changes) {
    Objects.requireNonNull(changes, "changes");
    AttributeOutcome outcome = setAttributes(Map.of(SeriesIds.check(id), changes)).get(0);
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
  }

  /**
   * Changes attributes of many series, each as if by {@link #setAttributes(String,
   * AttributeChanges)}, at less cost. Accepted changes are durable when this returns; a refused
   * change does not stop the others. Large batches are stored in parts: when this throws, the
   * changes of earlier parts may have been stored. A search sees the old attributes of a series, or
   * the new ones, in its condition and in its answer alike.
   *
   * @param changes the changes by id
   * @return the outcome of each change, in the order of the map
   */
  List<AttributeOutcome> setAttributes(Map<String, AttributeChanges> changes);

  /**
   * Removes a series. The removal is durable when this returns.
   *
   * <p>If the series is a vantage point, another series becomes a vantage point in its place, if
   * there is another. This computes one distance per series and stores the distances of all series
   * again: about two seconds for 100,000 series, for each deleted vantage point. A timeout before
   * the end leaves the database unchanged.
   *
   * @param id the id
   * @throws UnknownIdException if no series has the id
   */
  void delete(String id);

  /**
   * Reads a series back as it was inserted.
   *
   * @param id the id
   * @return the series
   * @throws UnknownIdException if no series has the id
   */
  SeriesEntry get(String id);

  /**
   * Lists ids in order.
   *
   * @param query selects the ids
   * @return the ids
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if the condition has an attribute
   *     that is not declared, or compares it with a value of another type
   */
  List<String> ids(IdQuery query);

  /**
   * Counts ids without listing them.
   *
   * @param query selects the ids; usually {@link IdQuery#all} with a condition
   * @return the number of ids that {@link #ids} lists
   * @throws dev.vantage.tsdb.condition.InvalidConditionException as for {@link #ids}
   */
  long count(IdQuery query);

  /**
   * Selects attributes of series as a table: columns or aggregates, of all series or of those that
   * meet a condition, in groups, in order and up to a limit. Reads stored attributes in one
   * snapshot; writers do not wait for it. Equal stored data give equal rows, to the last bit, in
   * every storage. Cost: linear in the number of series, unless the limit is reached before.
   *
   * <pre>{@code
   * tsdb.select(Select.columns("id", "period").where("band = 'g'").limit(5))
   * }</pre>
   *
   * @param select what to select
   * @return the rows
   * @throws dev.vantage.tsdb.rows.InvalidSelectException if the select does not fit the attributes
   *     of the database, a sum is out of range, or the rows or groups do not fit in memory
   * @throws dev.vantage.tsdb.condition.InvalidConditionException as for {@link #ids}
   */
  Rows select(Select select);

  /**
   * Returns series as they are compared, for plots: resampled and standardised to mean 0 and
   * standard deviation 1. Each series is read as it is stored when its turn comes. Cost: each
   * series is read and resampled once, and the answer has two doubles for each value.
   *
   * @param ids their ids, at most {@link Curve#MAX_CURVES}
   * @param points the number of values of each curve, from 2; with the length of the settings the
   *     curves are exactly what is compared, else they are interpolated linearly. All curves
   *     together have at most {@link Curve#MAX_VALUES} values
   * @return the curves, in the order of the ids
   * @throws UnknownIdException if no series has one of the ids
   * @throws InvalidRequestException if there are more ids, or if the number of points is out of
   *     range
   */
  List<Curve> curves(List<String> ids, int points);

  /** {@return the declared and the built-in attributes, with their types} */
  AttributeTypes attributeTypes();

  /**
   * Declares an attribute, so that all its values have one type. The first value of an undeclared
   * attribute also declares it. The declaration is durable when this returns; repeating it is
   * harmless.
   *
   * @param name its name
   * @param type its type
   * @throws dev.vantage.tsdb.series.InvalidAttributeException if the name is malformed or built in,
   *     or if the attribute is declared with another type
   */
  void declareAttribute(String name, AttributeValue.Type type);

  /**
   * Finds the series that look like a stored or a given series. A stored query series is left out
   * of the answer unless the query includes it; its duplicates are not left out.
   *
   * @param query the query
   * @return the neighbors and the cost of the search
   * @throws UnknownIdException if the query is about an id that no series has
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the given series cannot be resampled
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if the condition has an attribute
   *     that is not declared, or compares it with a value of another type
   */
  SearchResult search(Query query);

  /**
   * Answers several queries, each as {@link #search} does, at less cost than one by one. An
   * embedded database answers all queries from one snapshot, and searches nothing if one query is
   * invalid. A budget applies to its query; a timeout applies to the whole call.
   *
   * @param queries the queries
   * @return the results, in the order of the queries
   * @throws UnknownIdException if a query is about an id that no series has
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if a given series cannot be resampled
   * @throws dev.vantage.tsdb.condition.InvalidConditionException as for {@link #search}
   */
  List<SearchResult> searchAll(List<Query> queries);

  /**
   * Makes a stored series a vantage point. Computes one distance to every series; inserts wait
   * meanwhile, searches do not.
   *
   * @param id the id of the series
   * @return the new number of vantage points
   * @throws UnknownIdException if no series has the id
   * @throws VantagePointException if it is already a vantage point
   * @throws UnsupportedRequestException if the triangle inequality does not hold for the distance
   */
  int addVantagePoint(String id);

  /** {@return the state of the database} */
  Stats stats();

  /**
   * Counts the changes that searches can see, so that callers can cache answers. While the count
   * stays the same, every query has the same exact answer, and every condition the same meaning.
   * The count grows with every insert, replacement, removal, change of attributes, declaration and
   * new vantage point that becomes visible to searches, also with changes of other processes. It
   * starts again when a database is opened.
   *
   * <p>To cache an answer, read the count before the search begins and store the answer under that
   * count. Reading the count is cheap.
   *
   * @return the count; empty while a change is becoming visible, and always empty for a database
   *     that does not count, such as a database behind a server
   */
  default OptionalLong changeCount() {
    return OptionalLong.empty();
  }

  /**
   * Returns a view of this database with a timeout for every call. Closing the view does nothing.
   *
   * @param timeout the longest time that a call may take, above 0
   * @return the view
   */
  Tsdb withTimeout(Duration timeout);

  /** Closes the database after calls under way have finished. Closing twice is harmless. */
  @Override
  void close();
}
