package dev.vantage.tsdb.index;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DDDD_Result;
import org.openjdk.jcstress.infra.results.DD_Result;

/** Threads that race for one row of {@link PreparedRows}. A row has one number, many times. */
public final class PreparedRowsStress {
  private static final int ROW_SIZE = 8;
  private static final double STORED = 7;
  private static final double PUT = 3;

  private PreparedRowsStress() {}

  private static double[] row(double number) {
    double[] row = new double[ROW_SIZE];
    Arrays.fill(row, number);
    return row;
  }

  /** Gives each race a row of its own. A block of rows is large, so that races share blocks. */
  private static final class Rows {
    private static final int MOST = 1 << 16;

    private PreparedRows rows;
    private int next = MOST;

    /** A row that is in the storage. */
    private record Place(PreparedRows rows, int ordinal) {
      PreparedRows.Cursor cursor() {
        return rows.cursor(new RemovedRows());
      }
    }

    synchronized Place take() {
      if (next == MOST) {
        SeriesDirectory directory = new SeriesDirectory();
        for (int ordinal = 0; ordinal < MOST; ordinal++) {
          directory.set(ordinal, "s" + ordinal, ordinal);
        }
        rows = new PreparedRows(ROW_SIZE, new RowSource(directory, Rows::load), Long.MAX_VALUE);
        next = 0;
      }
      return new Place(rows, next++);
    }

    private static boolean load(long key, double[] row) {
      Arrays.fill(row, STORED);
      return true;
    }
  }

  private static final Rows ROWS = new Rows();

  /** Two readers load a row from the storage and keep it, or find the row that the other kept. */
  @JCStressTest
  @Outcome(id = "7.0, 7.0, 7.0, 7.0", expect = Expect.ACCEPTABLE, desc = "whole rows")
  @Outcome(expect = Expect.FORBIDDEN, desc = "a row of which a part is missing")
  @State
  public static class Readers {
    private final Rows.Place place = ROWS.take();
    private final PreparedRows.Cursor first = place.cursor();
    private final PreparedRows.Cursor second = place.cursor();

    @Actor
    public void first(DDDD_Result result) {
      first.seek(place.ordinal());
      result.r1 = first.array()[first.offset()];
      result.r2 = first.array()[first.offset() + ROW_SIZE - 1];
    }

    @Actor
    public void second(DDDD_Result result) {
      second.seek(place.ordinal());
      result.r3 = second.array()[second.offset()];
      result.r4 = second.array()[second.offset() + ROW_SIZE - 1];
    }
  }

  /** A writer puts a row while a reader reads it. */
  @JCStressTest
  @Outcome(id = "3.0, 3.0", expect = Expect.ACCEPTABLE, desc = "the row of the writer")
  @Outcome(id = "7.0, 7.0", expect = Expect.ACCEPTABLE, desc = "the row of the storage")
  @Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, or a row of which a part is missing")
  @State
  public static class WriterAndReader {
    private final Rows.Place place = ROWS.take();
    private final PreparedRows.Cursor cursor = place.cursor();
    private final double[] row = row(PUT);

    @Actor
    public void write() {
      place.rows().put(place.ordinal(), row);
    }

    @Actor
    public void read(DD_Result result) {
      cursor.seek(place.ordinal());
      result.r1 = cursor.array()[cursor.offset()];
      result.r2 = cursor.array()[cursor.offset() + ROW_SIZE - 1];
    }
  }

  /** Broken on purpose: the first number, which says that a row is there, is written first. */
  @JCStressTest
  @Outcome(id = "0.0, 0.0", expect = Expect.ACCEPTABLE, desc = "no row yet")
  @Outcome(id = "3.0, 3.0", expect = Expect.ACCEPTABLE, desc = "the whole row")
  @Outcome(expect = Expect.FORBIDDEN, desc = "a row of which a part is missing")
  @State
  public static class BrokenRows {
    private final double[] row = new double[ROW_SIZE];

    @Actor
    public void write() {
      for (int i = 0; i < ROW_SIZE; i++) {
        row[i] = PUT;
      }
    }

    @Actor
    public void read(DD_Result result) {
      double first = row[0];
      result.r1 = first;
      result.r2 = first == 0 ? 0 : row[ROW_SIZE - 1];
    }
  }
}
