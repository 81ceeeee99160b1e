package dev.vantage.tsdb;

import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A database of time series that answers, exactly, which stored series look like a given one.
 *
 * <p>It is either embedded in this process ({@link #open}, {@link #inMemory}) or behind a server,
 * reached over a socket; both behave alike. Every method may be called from any thread. A search
 * never waits for another search. Answers are those of a linear scan, whatever the number of
 * threads or vantage points, unless the query has a budget and its report says that it was spent.
 *
 * <p>Besides what each method names, every method throws {@link UnavailableException} after {@link
 * #close}, {@link StorageException} when the storage fails, and on a view made by {@link
 * #withTimeout} {@link DeadlineExceededException} when time runs out.
 */
public interface Tsdb extends AutoCloseable {

  /**
   * Opens the database in a directory for reading and writing, and makes it with default settings
   * if there is none.
   *
   * @param directory the directory of the database
   * @return the database
   * @throws DatabaseInUseException if it is open for writing elsewhere
   * @throws DamagedDatabaseException if what is stored is not what was written
   */
  static EmbeddedTsdb open(Path directory) {
    return open(directory, OpenOptions.DEFAULT);
  }

  /**
   * Opens the database in a directory. Costs reading the series once; no distance is computed
   * again.
   *
   * @param directory the directory of the database
   * @param options how to open it
   * @return the database
   * @throws DatabaseInUseException if it is open for writing elsewhere, and writing was asked for
   * @throws DamagedDatabaseException if what is stored is not what was written
   * @throws InvalidLocationException if it exists and must not, or the reverse
   * @throws InvalidRequestException if it was made with other settings than the options give
   */
  static EmbeddedTsdb open(Path directory, OpenOptions options) {
    return EmbeddedDatabase.open(directory, options);
  }

  /**
   * Opens a database for reading and writing, and makes it with default settings if there is none.
   *
   * @param location where it is, as in {@link #open(String, OpenOptions)}
   * @return the database
   * @throws DatabaseInUseException if it is open for writing elsewhere
   * @throws DamagedDatabaseException if what is stored is not what was written
   */
  static EmbeddedTsdb open(String location) {
    return open(location, OpenOptions.DEFAULT);
  }

  /**
   * Opens a database in a directory or in PostgreSQL. Costs reading the series once; no distance is
   * computed again.
   *
   * <p>One in PostgreSQL can be open for reading in any number of processes, beside the one that
   * writes. While PostgreSQL cannot be reached, what needs it throws {@link UnavailableException};
   * once it is back, everything goes on by itself. A write that says so was not stored, and may be
   * tried again; where that is not known, it throws {@link OutcomeUnknownException}.
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
   * @throws DamagedDatabaseException if what is stored is not what was written
   * @throws InvalidLocationException if it exists and must not, or the reverse
   * @throws InvalidRequestException if it was made with other settings than the options give, or
   *     the location is none
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static EmbeddedTsdb open(String location, OpenOptions options) {
    return EmbeddedDatabase.open(location, options);
  }

  /**
   * Makes an empty database that lives in memory until it is closed.
   *
   * @param settings what it is made with
   * @return the database
   */
  static EmbeddedTsdb inMemory(Settings settings) {
    return EmbeddedDatabase.inMemory(settings, OpenOptions.DEFAULT.threads());
  }

  /**
   * Makes an empty database that lives in memory until it is closed.
   *
   * @param settings what it is made with
   * @param threads threads of the co-processor pool
   * @return the database
   */
  static EmbeddedTsdb inMemory(Settings settings, int threads) {
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
   * @throws dev.vantage.tsdb.series.InvalidIdException if the id is not one
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the series cannot be resampled
   */
  default void insert(String id, TimeSeries series) {
    insert(new SeriesEntry(id, series));
  }

  /**
   * Adds a series, or puts it in the place of the one with its id. It is durable when this returns.
   * Replacing a vantage point costs a distance to every series.
   *
   * @param entry the series
   * @return whether the id is new
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the series cannot be resampled
   */
  boolean put(SeriesEntry entry);

  /**
   * Adds many series, each as if by {@link #insert}, at less cost. Those that are accepted are
   * durable when this returns; one that is refused does not stop the others. Many are stored in
   * parts; when this throws, those in the first parts may have been stored.
   *
   * @param entries the series, in order; of two with one id the second finds the id taken
   * @return what became of each, in the same order
   */
  List<InsertOutcome> insertAll(List<SeriesEntry> entries);

  /**
   * Adds or replaces many series, each as if by {@link #put}, at less cost; otherwise like {@link
   * #insertAll}.
   *
   * @param entries the series, in order; of two with one id the second takes the place of the first
   * @return what became of each, in the same order
   */
  List<InsertOutcome> putAll(List<SeriesEntry> entries);

  /**
   * Removes a series. The removal is durable when this returns.
   *
   * <p>Where the series is a vantage point, another series takes its place, as long as there is
   * one. That computes a distance for each series and stores the distances of all of them: about
   * two seconds for 100,000 series, for each vantage point that is deleted. When time is over
   * before it is done, it has no effect.
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
   * @param query which ones
   * @return the ids
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if the condition has an attribute
   *     that is not declared, or compares it with a value of another type
   */
  List<String> ids(IdQuery query);

  /** {@return which attributes series have, and of what types: those declared now, and built in} */
  AttributeTypes attributeTypes();

  /**
   * Declares an attribute, so that all its values have one type. The first value of an attribute
   * that was not declared does the same. The declaration is durable when this returns; declaring
   * the same again is harmless.
   *
   * @param name its name
   * @param type its type
   * @throws dev.vantage.tsdb.series.InvalidAttributeException if the name is not one or is built
   *     in, or if the attribute is of another type
   */
  void declareAttribute(String name, AttributeValue.Type type);

  /**
   * Finds the series that look like a stored one, or like a given one. A stored one is left out
   * unless the query includes it; its duplicates stay.
   *
   * @param query what is asked
   * @return the neighbors and what they cost
   * @throws UnknownIdException if the query is about an id that no series has
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the given series cannot be resampled
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if the condition has an attribute
   *     that is not declared, or compares it with a value of another type
   */
  SearchResult search(Query query);

  /**
   * Answers several queries, each as {@link #search} does, at less cost than one by one. Embedded,
   * all of them see one state of the database, and nothing is searched where one of them fails. A
   * budget holds for its query; a timeout holds for the call.
   *
   * @param queries what is asked
   * @return the results, in the order of the queries
   * @throws UnknownIdException if a query is about an id that no series has
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if a given series cannot be resampled
   * @throws dev.vantage.tsdb.condition.InvalidConditionException as for {@link #search}
   */
  List<SearchResult> searchAll(List<Query> queries);

  /**
   * Makes a stored series a vantage point. Costs a distance to every series; inserts wait
   * meanwhile, searches do not.
   *
   * @param id the id of the series
   * @return how many vantage points there are now
   * @throws UnknownIdException if no series has the id
   * @throws VantagePointException if it is a vantage point already
   */
  int addVantagePoint(String id);

  /** {@return the state of the database} */
  Stats stats();

  /**
   * Tells changes apart, for whoever keeps answers: while the count stays the same, every query has
   * the same exact answer, and every condition the same meaning. It grows with every insert,
   * replacement, removal, declaration and new vantage point that searches are shown, whoever made
   * it, and starts anew when a database is opened.
   *
   * <p>To keep an answer, ask before the search begins, and keep it under that count. Costs next to
   * nothing.
   *
   * @return the count; empty while a change is being shown, and always for a database that cannot
   *     tell, such as one behind a server
   */
  default OptionalLong changeCount() {
    return OptionalLong.empty();
  }

  /**
   * A view of this database on which every call ends within a time. Closing the view does nothing.
   *
   * @param timeout the most time that a call may take, above 0
   * @return the view
   */
  Tsdb withTimeout(Duration timeout);

  /**
   * Ends the use of the database; calls under way are finished first. Closing twice is harmless.
   */
  @Override
  void close();
}
