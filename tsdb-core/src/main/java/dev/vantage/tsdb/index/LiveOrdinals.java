package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.table.FloatColumns;
import java.util.Arrays;

/**
 * The set of live ordinals below an end. Bits of new ordinals are set in place, because no older
 * set reads beyond its own end; bits are cleared only in a copy.
 */
public final class LiveOrdinals {
  private final long[] words;
  private final int end;
  private final int count;

  private LiveOrdinals(long[] words, int end, int count) {
    this.words = words;
    this.end = end;
    this.count = count;
  }

  public static LiveOrdinals empty() {
    return new LiveOrdinals(new long[1], 0, 0);
  }

  /** Creates a set from bits below an end; the words must not be changed afterwards. */
  public static LiveOrdinals of(long[] words, int end) {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return new LiveOrdinals(words, end, count);
  }

  /** Returns a copy of the bits up to the end, in the fewest words. */
  public long[] words() {
    long[] own = Arrays.copyOf(words, end + 63 >>> 6);
    if ((end & 63) != 0) {
      own[own.length - 1] &= (1L << end) - 1; // later bits belong to newer sets
    }
    return own;
  }

  /** Returns the number of live ordinals in a block of {@link FloatColumns}. */
  public int countInBlock(int block) {
    int from = block * (FloatColumns.LANES / Long.SIZE);
    int count = 0;
    for (int word = from; word < from + FloatColumns.LANES / Long.SIZE; word++) {
      if (word << 6 >= end) {
        break;
      }
      boolean last = end - (word << 6) < Long.SIZE;
      count += Long.bitCount(last ? words[word] & (1L << end) - 1 : words[word]);
    }
    return count;
  }

  /** Returns the end: one more than the greatest ordinal. */
  public int end() {
    return end;
  }

  public int count() {
    return count;
  }

  public boolean contains(int ordinal) {
    return ordinal < end && (words[ordinal >>> 6] & 1L << ordinal) != 0;
  }

  /** Returns the least live ordinal from a given one on, or {@link #end}. */
  public int next(int from) {
    for (int ordinal = from; ordinal < end; ordinal = (ordinal | 63) + 1) {
      long word = words[ordinal >>> 6] >>> ordinal;
      if (word != 0) {
        return Math.min(end, ordinal + Long.numberOfTrailingZeros(word));
      }
    }
    return end;
  }

  /**
   * Returns a set that also has all ordinals from the end to a new end. Only for the single writer.
   */
  public LiveOrdinals extended(int newEnd) {
    int needed = (newEnd + 63 >>> 6) + 1;
    long[] all = words.length >= needed ? words : Arrays.copyOf(words, needed + (needed >> 1));
    for (int ordinal = end; ordinal < newEnd; ordinal++) {
      all[ordinal >>> 6] |= 1L << ordinal;
    }
    return new LiveOrdinals(all, newEnd, count + newEnd - end);
  }

  public LiveOrdinals without(int[] ordinals) {
    if (ordinals.length == 0) {
      return this;
    }
    long[] fewer = words.clone();
    for (int ordinal : ordinals) {
      fewer[ordinal >>> 6] &= ~(1L << ordinal);
    }
    return new LiveOrdinals(fewer, end, count - ordinals.length);
  }

  /** Returns the live ordinals in increasing order. */
  public int[] toArray() {
    int[] ordinals = new int[count];
    int size = 0;
    for (int ordinal = next(0); ordinal < end; ordinal = next(ordinal + 1)) {
      ordinals[size++] = ordinal;
    }
    return ordinals;
  }
}
