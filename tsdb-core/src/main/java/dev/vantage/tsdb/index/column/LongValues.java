package dev.vantage.tsdb.index.column;

import dev.vantage.tsdb.condition.LongFilter;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Optional;

/**
 * Values of type long; booleans as 0 and 1; timestamps in microseconds since 1970-01-01T00:00:00Z.
 */
public final class LongValues extends AttributeValues {
  private final Type type;
  private final Pages<Page> pages;

  /** Creates an empty column for values of a type. */
  LongValues(Type type) {
    this(type, new Pages<>());
  }

  private LongValues(Type type, Pages<Page> pages) {
    this.type = type;
    this.pages = pages;
  }

  /** Values by place, and a bit for each present value. A bit may be set while others are read. */
  private static final class Page {
    private final long[] values;
    private long present;

    Page() {
      this(new long[Pages.SIZE], 0);
    }

    private Page(long[] values, long present) {
      this.values = values;
      this.present = present;
    }

    Page copy() {
      return new Page(values.clone(), present);
    }

    boolean has(int place) {
      return (present & 1L << place) != 0;
    }

    void set(int place, long value) {
      values[place] = value;
      present |= 1L << place;
    }

    void clear(int place) {
      present &= ~(1L << place);
    }
  }

  @Override
  void set(int ordinal, AttributeValue value) {
    set(ordinal, number(value));
  }

  private static long number(AttributeValue value) {
    if (value instanceof BooleanValue truth) {
      return truth.value() ? 1 : 0;
    }
    return value instanceof TimestampValue moment
        ? moment.epochMicroseconds()
        : ((LongValue) value).value();
  }

  private void set(int ordinal, long value) {
    pages.toWrite(Pages.number(ordinal), Page::new).set(Pages.place(ordinal), value);
    pages.release();
  }

  @Override
  void clear(int ordinal) {
    Page page = pages.get(Pages.number(ordinal));
    if (page != null) {
      page.clear(Pages.place(ordinal));
    }
  }

  @Override
  AttributeValues copy() {
    return new LongValues(type, pages.copy());
  }

  @Override
  void replace(int ordinal, Optional<AttributeValue> value) {
    Page page = pages.toChange(Pages.number(ordinal), Page::new, Page::copy);
    int place = Pages.place(ordinal);
    value.ifPresentOrElse(present -> page.set(place, number(present)), () -> page.clear(place));
  }

  /** Clears the bits of a chunk's ordinals that fail a test. */
  public void keep(LongFilter test, int chunk, long[] mask) {
    for (int word = 0; word < mask.length; word++) {
      Page page = pages.get(Pages.firstPage(chunk) + word);
      mask[word] = page == null ? 0 : mask[word] & page.present;
      if (page != null && mask[word] != 0) {
        mask[word] &= test.test(page.values, 0);
      }
    }
  }

  @Override
  public boolean has(int ordinal) {
    Page page = pages.get(Pages.number(ordinal));
    return page != null && page.has(Pages.place(ordinal));
  }

  @Override
  public Optional<AttributeValue> value(int ordinal) {
    Page page = pages.get(Pages.number(ordinal));
    int place = Pages.place(ordinal);
    return page != null && page.has(place)
        ? Optional.of(value(page.values[place]))
        : Optional.empty();
  }

  private AttributeValue value(long number) {
    return switch (type) {
      case BOOLEAN -> new BooleanValue(number != 0);
      case TIMESTAMP -> TimestampValue.ofEpochMicroseconds(number);
      default -> new LongValue(number);
    };
  }

  @Override
  AttributeValues packed(int[] newOrdinals) {
    LongValues packed = new LongValues(type);
    pages.forEach(
        (number, page) -> {
          for (int i = 0; i < Pages.SIZE; i++) {
            int old = number * Pages.SIZE + i;
            if (page.has(i) && old < newOrdinals.length && newOrdinals[old] >= 0) {
              packed.set(newOrdinals[old], page.values[i]);
            }
          }
        });
    return packed;
  }

  @Override
  long bytes() {
    return pages.bytes((Pages.SIZE + 1) * Long.BYTES);
  }
}
