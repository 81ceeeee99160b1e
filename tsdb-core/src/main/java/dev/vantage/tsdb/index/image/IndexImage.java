package dev.vantage.tsdb.index.image;

import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.SeriesDirectory;
import dev.vantage.tsdb.index.SketchTable;
import dev.vantage.tsdb.index.VantageBound;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.index.VantageTable;
import dev.vantage.tsdb.index.table.DoubleRows;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.index.table.FloatRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A snapshot of an index as named columns of bytes in parts, to be stored and {@linkplain IndexLoad
 * loaded} again. Thread-safe. Series get new numbers in the order of their ordinals. Rows are not
 * included. Later changes of the index do not affect it.
 *
 * <p>Memory: 4 bytes per series and vantage point, besides tables that it shares with the index.
 */
public final class IndexImage {
  /** If coordinates are computed in another way, this name must change. */
  private static final String COORDINATES = "coordinates";

  /** If sketches are computed in another way, this name must change. */
  private static final String SKETCHES = "sketches";

  private final int series;
  private final long[] vantagePoints;
  private final List<ImageColumn> columns;

  /**
   * A part of a column.
   *
   * @param column the name of the column
   * @param number the number of the part, from 0
   */
  public record Part(String column, int number) {}

  private IndexImage(int series, long[] vantagePoints, List<ImageColumn> columns) {
    this.series = series;
    this.vantagePoints = vantagePoints;
    this.columns = columns;
  }

  /**
   * Captures an image of an index. No change may be published meanwhile. Cost: linear in the number
   * of series and vantage points.
   *
   * @param index the index
   * @return the image
   */
  public static IndexImage of(VantageIndex index) {
    IndexState state = index.state();
    int[] live = state.live().toArray();
    VantageTable table = state.vantage();
    int[] numbers = new int[state.live().end()];
    for (int number = 0; number < live.length; number++) {
      numbers[live[number]] = number;
    }
    int[][] orders = new int[table.size()][];
    index
        .pool()
        .forEach(
            orders.length,
            1,
            (from, to) -> {
              for (int v = from; v < to; v++) {
                orders[v] = order(table, v, live.length, numbers);
              }
            });
    return new IndexImage(
        live.length,
        Arrays.stream(table.vantagePoints()).mapToLong(state.directory()::key).toArray(),
        columns(
            state.directory(),
            table.distances(),
            coordinates(orders.length, live.length, Optional.of(table.coordinates()), live),
            state.sketches(),
            live,
            live.length,
            orders));
  }

  private static int[] order(VantageTable table, int vantagePoint, int count, int[] numbers) {
    int[] order = new int[count];
    table.tree(vantagePoint).collect(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, order, 0);
    for (int i = 0; i < count; i++) {
      order[i] = numbers[order[i]];
    }
    return order;
  }

  static FloatBlockColumn coordinates(
      int vantagePoints, int series, Optional<FloatColumns> numbers, int[] ordinals) {
    int most = VantageBound.greatestRowSize(vantagePoints);
    return new FloatBlockColumn(COORDINATES, most, series, numbers, ordinals);
  }

  static List<ImageColumn> columns(
      SeriesDirectory directory,
      DoubleRows distances,
      FloatBlockColumn coordinates,
      SketchTable sketches,
      int[] ordinals,
      int series,
      int[][] orders) {
    List<ImageColumn> columns = new ArrayList<>();
    columns.add(new DirectoryColumn(directory, ordinals));
    columns.add(new RowColumn("distances", distances, ordinals));
    columns.add(coordinates);
    if (sketches.size() > 0) {
      FloatColumns first = sketches.first();
      columns.add(
          new FloatBlockColumn(SKETCHES, first.columns(), series, Optional.of(first), ordinals));
    }
    for (FloatRows rows : sketches.rest()) {
      columns.add(new RowColumn(SKETCHES + "." + columns.size(), rows, ordinals));
    }
    for (int v = 0; v < orders.length; v++) {
      columns.add(new OrderColumn(v, orders[v]));
    }
    return columns;
  }

  static List<Part> parts(List<ImageColumn> columns, int rows) {
    List<Part> parts = new ArrayList<>();
    for (ImageColumn column : columns) {
      for (int number = 0; number <= (rows - 1) / column.rowsPerPart(); number++) {
        parts.add(new Part(column.name(), number));
      }
    }
    return parts;
  }

  /** {@return the number of series} */
  public int series() {
    return series;
  }

  /** {@return the storage keys of the vantage points, in their order} */
  public List<Long> vantagePoints() {
    return LongStream.of(vantagePoints).boxed().toList();
  }

  /** {@return all parts, in the best order for reading} */
  public List<Part> parts() {
    return parts(columns, series);
  }

  /**
   * Writes a part.
   *
   * @param part the part
   * @return its bytes, some megabytes at most
   */
  public byte[] write(Part part) {
    ImageColumn column =
        columns.stream().filter(c -> c.name().equals(part.column())).findFirst().orElseThrow();
    int from = part.number() * column.rowsPerPart();
    return column.write(from, (int) Math.min((long) from + column.rowsPerPart(), series));
  }
}
