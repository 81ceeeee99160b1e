package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.PreparedRows;

/**
 * The query of one search: its row, and its ordinal if it is a stored series. Immutable.
 *
 * @param row the array that holds the prepared series; must not be changed
 * @param offset its first index
 * @param ordinal its ordinal, or {@link #UPLOADED}
 */
public record QueryPoint(double[] row, int offset, int ordinal) {
  /** The ordinal of a series that is not stored. */
  static final int UPLOADED = -1;

  public static QueryPoint uploaded(double[] row) {
    return new QueryPoint(row, 0, UPLOADED);
  }

  static QueryPoint stored(IndexState state, int ordinal) {
    PreparedRows.Cursor cursor = state.cursor(); // its own cursor, which no other code moves
    cursor.seek(ordinal);
    return new QueryPoint(cursor.array(), cursor.offset(), ordinal);
  }
}
