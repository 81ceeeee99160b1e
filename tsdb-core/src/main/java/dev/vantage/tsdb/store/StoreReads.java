package dev.vantage.tsdb.store;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is read from a store, all of it or within a time. Thread-safe.
 *
 * <p>Every method throws {@link StoreException} when the storage fails.
 */
public interface StoreReads {

  /** {@return which state of the database is stored now} */
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
   * Reads the points of a series. Cheap, and meant to be called from many threads at once.
   *
   * @param key its storage key
   * @return the series, or empty if none has this key now
   */
  Optional<TimeSeries> series(long key);

  /**
   * Lists ids in order.
   *
   * @param filter lists only ids of series that pass it
   * @param after lists only greater ids; the empty text for all
   * @param limit the most ids to list
   * @return the ids
   */
  List<String> ids(Optional<Filter> filter, String after, int limit);

  /**
   * Reads the data of one moment.
   *
   * @param <T> the type of the result
   * @param reader reads it
   * @return what the reader returns
   */
  <T> T read(Function<StoreSnapshot, T> reader);
}
