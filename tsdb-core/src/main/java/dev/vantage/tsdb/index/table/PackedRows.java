package dev.vantage.tsdb.index.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of numbers of one size, by ordinal, packed in blocks. Rows are written by one thread at a
 * time and never changed once a state that shows them is published, so readers need no locks. The
 * methods that a search calls are final.
 *
 * @param <A> the arrays of the blocks, {@code double[]} or {@code float[]}
 */
public abstract sealed class PackedRows<A> permits DoubleRows, FloatRows {
  /**
   * The approximate count of numbers per block: long enough to scan fast, short enough to waste
   * little.
   */
  private static final int BLOCK_NUMBERS = 1 << 15;

  private final int rowSize;
  private final int numberBytes;
  private final int shift;
  private final int mask;

  PackedRows(int rowSize, int numberBytes) {
    this.rowSize = rowSize;
    this.numberBytes = numberBytes;
    int rows = Math.max(1, Integer.highestOneBit(BLOCK_NUMBERS / Math.max(1, rowSize)));
    shift = Integer.numberOfTrailingZeros(rows);
    mask = rows - 1;
  }

  abstract A[] blocks();

  /** Replaces the blocks, and publishes their contents to readers without locks. */
  abstract void publish(A[] blocks);

  abstract A newBlock(int numbers);

  abstract void write(A block, int from, int numbers, ByteBuffer target);

  abstract void read(ByteBuffer source, A block, int from, int numbers);

  public final int rowSize() {
    return rowSize;
  }

  public final int rowBytes() {
    return rowSize * numberBytes;
  }

  /** Returns the number of the block that holds a row. */
  final int blockNumber(int ordinal) {
    return ordinal >>> shift;
  }

  public final int offset(int ordinal) {
    return (ordinal & mask) * rowSize;
  }

  /** Returns the number of contiguous rows from a row on, itself included. */
  private int rowsFrom(int ordinal) {
    return mask + 1 - (ordinal & mask);
  }

  public final void set(int ordinal, A source, int from) {
    System.arraycopy(source, from, blockToWrite(ordinal), offset(ordinal), rowSize);
  }

  /**
   * Reserves space for rows without allocating their arrays. Several threads may then allocate the
   * arrays, each array by one thread.
   */
  public final void reserve(int rows) {
    int needed = (rows + mask) >>> shift;
    A[] all = blocks();
    if (needed > all.length) {
      publish(Arrays.copyOf(all, needed));
    }
  }

  /** Returns the array for a new row; allocates it if necessary. */
  public final A blockToWrite(int ordinal) {
    reserve(ordinal + 1);
    int number = blockNumber(ordinal);
    A[] all = blocks();
    if (all[number] == null) {
      all[number] = newBlock((mask + 1) * rowSize);
      publish(all);
    }
    return all[number];
  }

  /** Writes a row to a buffer at its position, in the buffer's byte order. */
  public final void write(int ordinal, ByteBuffer target) {
    write(blocks()[blockNumber(ordinal)], offset(ordinal), rowSize, target);
    target.position(target.position() + rowBytes());
  }

  /** Reads consecutive rows from a buffer at its position, in the buffer's byte order. */
  public final void read(ByteBuffer source, int from, int to) {
    for (int row = from; row < to; ) {
      int count = Math.min(to - row, rowsFrom(row));
      read(source, blockToWrite(row), offset(row), count * rowSize);
      source.position(source.position() + count * rowBytes());
      row += count;
    }
  }

  public final long bytes() {
    // A block without live ordinals may not be allocated.
    long made = Arrays.stream(blocks()).filter(Objects::nonNull).count();
    return made * (mask + 1) * rowBytes();
  }
}
