package dev.vantage.tsdb.format;

import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * How to read a file. Immutable.
 *
 * @param firstColumn the meaning of the first column of a wide file
 * @param lightCurve the columns of a light-curve file, and the periods to fold by
 * @param progress called repeatedly, on the reading thread, with the number of bytes read so far;
 *     at the end of a file that was read whole, with its size in bytes
 */
public record ReadOptions(
    FirstColumn firstColumn, LightCurveColumns lightCurve, LongConsumer progress) {

  private static final ReadOptions DEFAULTS =
      new ReadOptions(FirstColumn.ID, LightCurveColumns.defaults(), bytes -> {});

  public ReadOptions {
    Objects.requireNonNull(firstColumn, "firstColumn");
    Objects.requireNonNull(lightCurve, "lightCurve");
    Objects.requireNonNull(progress, "progress");
  }

  /** {@return ids in the first column, the default columns of light curves, progress ignored} */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the meaning of the first column of a wide file.
   *
   * @param column its meaning
   * @return a copy with that meaning
   */
  public ReadOptions withFirstColumn(FirstColumn column) {
    Objects.requireNonNull(column, "column");
    return new ReadOptions(column, lightCurve, progress);
  }

  /**
   * Sets the columns of a light-curve file.
   *
   * @param columns the names
   * @return a copy with those names
   */
  public ReadOptions withLightCurve(LightCurveColumns columns) {
    Objects.requireNonNull(columns, "columns");
    return new ReadOptions(firstColumn, columns, progress);
  }

  /**
   * Sets a progress callback.
   *
   * @param watcher called with the number of bytes read so far
   * @return a copy with that watcher
   */
  public ReadOptions withProgress(LongConsumer watcher) {
    Objects.requireNonNull(watcher, "watcher");
    return new ReadOptions(firstColumn, lightCurve, watcher);
  }
}
