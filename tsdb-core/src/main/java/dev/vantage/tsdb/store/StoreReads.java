package dev.vantage.tsdb.store;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The read operations of a store, with or without a time limit. Thread-safe.
 *
 * <p>Every method throws {@link StoreException} when the storage fails.
 */
public interface StoreReads {

  /** {@return the state of the database that is stored now} */
  Revision revision();

  /** {@return a number that grows with every change, as stored now} */
  default long generation() {
    return revision().generation();
  }

  /** {@return the types of attributes that are declared now} */
  AttributeTypes attributeTypes();

  /**
   * Reads a series as it was inserted.
   *
   * @param id its id
   * @return the series, or empty
   */
  Optional<SeriesEntry> get(String id);

  /**
   * Reads the points of a series. Cheap; many threads may call it at once.
   *
   * @param key its storage key
   * @return the series, or empty if none has this key now
   */
  Optional<TimeSeries> series(long key);

  /**
   * Lists ids in order.
   *
   * @param filter lists only ids of series that pass it
   * @param after lists only greater ids; the empty string for all
   * @param limit the maximum number of ids
   * @return the ids
   */
  List<String> ids(Optional<Filter> filter, String after, int limit);

  /**
   * Counts series.
   *
   * @param filter counts only series that pass it
   * @param after counts only series with greater ids; the empty string for all
   * @return the number of series
   */
  long count(Optional<Filter> filter, String after);

  /**
   * Evaluates a select in one snapshot.
   *
   * @param select what to read
   * @param checkpoint run regularly; an exception of it ends the select
   * @return the rows
   * @throws dev.vantage.tsdb.rows.InvalidSelectException if the select does not fit the attributes
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if its condition does not
   */
  Rows select(Select select, Runnable checkpoint);

  /**
   * Reads from one snapshot.
   *
   * @param <T> the type of the result
   * @param reader reads the snapshot
   * @return the result of the reader
   */
  <T> T read(Function<StoreSnapshot, T> reader);
}
