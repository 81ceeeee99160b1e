package dev.vantage.tsdb.search;

import dev.vantage.tsdb.filter.LongTest;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import java.util.Arrays;
import java.util.Objects;

/** Whole numbers, truth values as 0 and 1, and moments in microseconds since 1970. */
final class LongColumn extends AttributeColumn {
  private volatile Chunk[] chunks = new Chunk[0];

  /**
   * Values by place, and a bit for each that is there. A bit may be set beside readers, none of
   * whom asks for it.
   */
  private record Chunk(long[] values, long[] present) {
    private static final Chunk NONE = new Chunk(new long[CHUNK], new long[CHUNK / Long.SIZE]);

    boolean has(int place) {
      return (present[place >>> 6] & 1L << place) != 0;
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
    int number = chunk(ordinal);
    Chunk[] all = number < chunks.length ? chunks : Arrays.copyOf(chunks, number + 1);
    if (all[number] == null) {
      all[number] = new Chunk(new long[CHUNK], new long[CHUNK / Long.SIZE]);
    }
    int place = place(ordinal);
    all[number].values[place] = value;
    all[number].present[place >>> 6] |= 1L << place;
    chunks = all; // for those who read without locks
  }

  @Override
  void clear(int ordinal) {
    if (has(ordinal)) {
      int place = place(ordinal);
      chunks[chunk(ordinal)].present[place >>> 6] &= ~(1L << place);
    }
  }

  /** Clears the bits of a chunk's ordinals that fail a test. */
  void keep(LongTest test, int chunk, long[] mask) {
    Chunk own = values(chunk);
    for (int word = 0; word < mask.length; word++) {
      mask[word] &= own.present[word];
      if (mask[word] != 0) {
        mask[word] &= test.test(own.values, word * Long.SIZE);
      }
    }
  }

  private Chunk values(int chunk) {
    Chunk[] all = chunks;
    return chunk < all.length && all[chunk] != null ? all[chunk] : Chunk.NONE;
  }

  @Override
  boolean has(int ordinal) {
    return values(chunk(ordinal)).has(place(ordinal));
  }

  @Override
  AttributeColumn packed(int[] order) {
    LongColumn packed = new LongColumn();
    for (int ordinal = 0; ordinal < order.length; ordinal++) {
      if (has(order[ordinal])) {
        packed.set(ordinal, values(chunk(order[ordinal])).values[place(order[ordinal])]);
      }
    }
    return packed;
  }

  @Override
  long bytes() {
    return Arrays.stream(chunks).filter(Objects::nonNull).count() * (CHUNK * 8L + CHUNK / 8);
  }
}
