package dev.vantage.tsdb.index.column;

import dev.vantage.tsdb.condition.DoubleFilter;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import java.util.Arrays;
import java.util.Optional;

/** Values of type double; NaN means no value. */
public final class DoubleValues extends AttributeValues {
  private final Pages<double[]> pages;

  DoubleValues() {
    this(new Pages<>());
  }

  private DoubleValues(Pages<double[]> pages) {
    this.pages = pages;
  }

  @Override
  void set(int ordinal, AttributeValue value) {
    set(ordinal, ((DoubleValue) value).value());
  }

  private void set(int ordinal, double value) {
    pages.toWrite(Pages.number(ordinal), DoubleValues::empty)[Pages.place(ordinal)] = value;
    pages.release();
  }

  private static double[] empty() {
    double[] page = new double[Pages.SIZE];
    Arrays.fill(page, Double.NaN);
    return page;
  }

  @Override
  void clear(int ordinal) {
    if (has(ordinal)) {
      set(ordinal, Double.NaN);
    }
  }

  @Override
  AttributeValues copy() {
    return new DoubleValues(pages.copy());
  }

  @Override
  void replace(int ordinal, Optional<AttributeValue> value) {
    double[] page = pages.toChange(Pages.number(ordinal), DoubleValues::empty, double[]::clone);
    page[Pages.place(ordinal)] =
        value.map(number -> ((DoubleValue) number).value()).orElse(Double.NaN);
  }

  /** Clears the bits of a chunk's ordinals that fail a test. */
  public void keep(DoubleFilter test, int chunk, long[] mask) {
    for (int word = 0; word < mask.length; word++) {
      double[] page = pages.get(Pages.firstPage(chunk) + word);
      if (page == null) {
        mask[word] = 0;
      } else if (mask[word] != 0) {
        mask[word] &= test.test(page, 0);
      }
    }
  }

  @Override
  public boolean has(int ordinal) {
    double[] page = pages.get(Pages.number(ordinal));
    return page != null && !Double.isNaN(page[Pages.place(ordinal)]);
  }

  @Override
  public Optional<AttributeValue> value(int ordinal) {
    double[] page = pages.get(Pages.number(ordinal));
    double value = page == null ? Double.NaN : page[Pages.place(ordinal)];
    return Double.isNaN(value) ? Optional.empty() : Optional.of(new DoubleValue(value));
  }

  @Override
  AttributeValues packed(int[] newOrdinals) {
    DoubleValues packed = new DoubleValues();
    pages.forEach(
        (number, page) -> {
          for (int i = 0; i < Pages.SIZE; i++) {
            int old = number * Pages.SIZE + i;
            if (!Double.isNaN(page[i]) && old < newOrdinals.length && newOrdinals[old] >= 0) {
              packed.set(newOrdinals[old], page[i]);
            }
          }
        });
    return packed;
  }

  @Override
  long bytes() {
    return pages.bytes(Pages.SIZE * Double.BYTES);
  }
}
