package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.column.AttributeTable;
import java.util.Optional;

/**
 * The data that a search sees: the live ordinals, and the tables that hold their rows. Immutable,
 * though the tables behind it grow. Later writes do not affect a search that holds a state.
 *
 * @param live the live ordinals
 * @param clustered below this ordinal, series near each other in order are similar
 * @param directory ids and storage keys
 * @param rows the prepared series
 * @param sketches their sketches
 * @param removed rows of this state that later states do not have
 * @param vantage the vantage points and what depends on them
 * @param vantageRows the prepared series of the vantage points, in their order, always in memory;
 *     must not be changed
 * @param attributes the attributes of the series, once they have been loaded
 */
public record IndexState(
    LiveOrdinals live,
    int clustered,
    SeriesDirectory directory,
    PreparedRows rows,
    SketchTable sketches,
    RemovedRows removed,
    VantageTable vantage,
    double[][] vantageRows,
    Optional<AttributeTable> attributes) {

  /** Returns this state restricted to some series. */
  public IndexState within(LiveOrdinals some) {
    return new IndexState(
        some, clustered, directory, rows, sketches, removed, vantage, vantageRows, attributes);
  }

  IndexState with(Optional<AttributeTable> newAttributes) {
    return new IndexState(
        live, clustered, directory, rows, sketches, removed, vantage, vantageRows, newAttributes);
  }

  /** Returns a cursor over the rows of this state; not thread-safe. */
  public PreparedRows.Cursor cursor() {
    return rows.cursor(removed);
  }
}
