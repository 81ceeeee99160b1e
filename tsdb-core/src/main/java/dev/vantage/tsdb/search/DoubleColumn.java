package dev.vantage.tsdb.search;

import dev.vantage.tsdb.filter.DoubleTest;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import java.util.Arrays;
import java.util.Objects;

/** Numbers with a fraction; NaN where there is none. */
final class DoubleColumn extends AttributeColumn {
  private volatile double[][] chunks = new double[0][];

  @Override
  void set(int ordinal, AttributeValue value) {
    set(ordinal, ((DoubleValue) value).value());
  }

  private void set(int ordinal, double value) {
    int number = chunk(ordinal);
    double[][] all = number < chunks.length ? chunks : Arrays.copyOf(chunks, number + 1);
    if (all[number] == null) {
      all[number] = new double[CHUNK];
      Arrays.fill(all[number], Double.NaN);
    }
    all[number][place(ordinal)] = value;
    chunks = all; // for those who read without locks
  }

  @Override
  void clear(int ordinal) {
    if (has(ordinal)) {
      set(ordinal, Double.NaN);
    }
  }

  /** Clears the bits of a chunk's ordinals that fail a test. */
  void keep(DoubleTest test, int chunk, long[] mask) {
    double[] values = values(chunk);
    if (values.length == 0) {
      Arrays.fill(mask, 0);
      return;
    }
    for (int word = 0; word < mask.length; word++) {
      if (mask[word] != 0) {
        mask[word] &= test.test(values, word * Long.SIZE);
      }
    }
  }

  /** The values of a chunk by place, or an empty array if there is none in it. */
  private double[] values(int chunk) {
    double[][] all = chunks;
    return chunk < all.length && all[chunk] != null ? all[chunk] : new double[0];
  }

  @Override
  boolean has(int ordinal) {
    double[] values = values(chunk(ordinal));
    return values.length > 0 && !Double.isNaN(values[place(ordinal)]);
  }

  @Override
  AttributeColumn packed(int[] order) {
    DoubleColumn packed = new DoubleColumn();
    for (int ordinal = 0; ordinal < order.length; ordinal++) {
      if (has(order[ordinal])) {
        packed.set(ordinal, values(chunk(order[ordinal]))[place(order[ordinal])]);
      }
    }
    return packed;
  }

  @Override
  long bytes() {
    return Arrays.stream(chunks).filter(Objects::nonNull).count() * CHUNK * Double.BYTES;
  }
}
