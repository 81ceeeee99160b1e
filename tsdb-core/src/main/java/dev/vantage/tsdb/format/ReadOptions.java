package dev.vantage.tsdb.format;

import java.util.function.LongConsumer;

/**
 * How to read a file. Immutable.
 *
 * @param firstColumn what the first column of a wide file is
 * @param lightCurve the columns of a light-curve file, and how to fold it
 * @param progress told now and then how many bytes of the file have been read so far, on the thread
 *     that reads; at the end of a file that was read whole, its size
 */
public record ReadOptions(
    FirstColumn firstColumn, LightCurveColumns lightCurve, LongConsumer progress) {

  private static final ReadOptions DEFAULTS =
      new ReadOptions(FirstColumn.ID, LightCurveColumns.defaults(), bytes -> {});

  /** {@return ids in the first column, the default columns of light curves, progress ignored} */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Says what the first column of a wide file is.
   *
   * @param column its meaning
   * @return a copy with that meaning
   */
  public ReadOptions withFirstColumn(FirstColumn column) {
    return new ReadOptions(column, lightCurve, progress);
  }

  /**
   * Names the columns of a light-curve file.
   *
   * @param columns the names
   * @return a copy with those names
   */
  public ReadOptions withLightCurve(LightCurveColumns columns) {
    return new ReadOptions(firstColumn, columns, progress);
  }

  /**
   * Watches the reading.
   *
   * @param watcher told the number of bytes read so far
   * @return a copy with that watcher
   */
  public ReadOptions withProgress(LongConsumer watcher) {
    return new ReadOptions(firstColumn, lightCurve, watcher);
  }
}
