package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.table.FloatColumns;
import java.util.Arrays;

/**
 * The set of live ordinals below an end. Bits of new ordinals are set in place, for no older set
 * looks beyond its own end; a bit is cleared only in a copy.
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

  /** The set of some bits below an end; the words must not be changed afterwards. */
  public static LiveOrdinals of(long[] words, int end) {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return new LiveOrdinals(words, end, count);
  }

  /** A copy of the bits up to the end, in as many words as they need. */
  public long[] words() {
    long[] own = Arrays.copyOf(words, end + 63 >>> 6);
    if ((end & 63) != 0) {
      own[own.length - 1] &= (1L << end) - 1; // what lies beyond is not of this set
    }
    return own;
  }

  /** How many ordinals of a block of {@link FloatColumns} are live. */
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

  /** One more than the greatest ordinal. */
  public int end() {
    return end;
  }

  public int count() {
    return count;
  }

  public boolean contains(int ordinal) {
    return ordinal < end && (words[ordinal >>> 6] & 1L << ordinal) != 0;
  }

  /** The least live ordinal from a given one on, or {@link #end}. */
  public int next(int from) {
    for (int ordinal = from; ordinal < end; ordinal = (ordinal | 63) + 1) {
      long word = words[ordinal >>> 6] >>> ordinal;
      if (word != 0) {
        return Math.min(end, ordinal + Long.numberOfTrailingZeros(word));
      }
    }
    return end;
  }

  /** A set with the ordinals from the end on to a new end as well. For the one writer. */
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

  /** The live ordinals in increasing order. */
  public int[] toArray() {
    int[] ordinals = new int[count];
    int size = 0;
    for (int ordinal = next(0); ordinal < end; ordinal = next(ordinal + 1)) {
      ordinals[size++] = ordinal;
    }
    return ordinals;
  }
}
