package dev.vantage.tsdb.index.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of numbers of one size, by ordinal, packed in blocks. Rows are written by one thread at a
 * time and never changed once a state that shows them is published, so that they are read without
 * locks. No method that a search calls is virtual.
 *
 * @param <A> the arrays of the blocks, {@code double[]} or {@code float[]}
 */
public abstract sealed class PackedRows<A> permits DoubleRows, FloatRows {
  /** Blocks hold about this many numbers: large enough to scan, small enough not to waste. */
  private static final int BLOCK_NUMBERS = 1 << 15;

  private final int rowSize;
  private final int numberBytes;
  private final int shift;
  private final int mask;
  private volatile A[] blocks = none();

  PackedRows(int rowSize, int numberBytes) {
    this.rowSize = rowSize;
    this.numberBytes = numberBytes;
    int rows = Math.max(1, Integer.highestOneBit(BLOCK_NUMBERS / Math.max(1, rowSize)));
    shift = Integer.numberOfTrailingZeros(rows);
    mask = rows - 1;
  }

  @SuppressWarnings("unchecked") // the array does not leave this class, only its elements do
  private static <A> A[] none() {
    return (A[]) new Object[0];
  }

  abstract A newBlock(int numbers);

  abstract void write(A block, int from, int numbers, ByteBuffer target);

  abstract void read(ByteBuffer source, A block, int from, int numbers);

  public final int rowSize() {
    return rowSize;
  }

  public final int rowBytes() {
    return rowSize * numberBytes;
  }

  /** The array that holds a row, from {@link #offset}. */
  public final A block(int ordinal) {
    return blocks[ordinal >>> shift];
  }

  public final int offset(int ordinal) {
    return (ordinal & mask) * rowSize;
  }

  /** How many rows are in one piece from a row on, itself included. */
  public final int rowsFrom(int ordinal) {
    return mask + 1 - (ordinal & mask);
  }

  public final void set(int ordinal, A source, int from) {
    System.arraycopy(source, from, blockToWrite(ordinal), offset(ordinal), rowSize);
  }

  /**
   * Makes room for rows, without making the arrays that hold them: these may then be made by
   * several threads, as long as each is made by one.
   */
  public final void reserve(int rows) {
    int needed = (rows + mask) >>> shift;
    if (needed > blocks.length) {
      blocks = Arrays.copyOf(blocks, needed);
    }
  }

  /** The array that will hold a row, made if need be. */
  public final A blockToWrite(int ordinal) {
    reserve(ordinal + 1);
    int number = ordinal >>> shift;
    A[] all = blocks;
    if (all[number] == null) {
      all[number] = newBlock((mask + 1) * rowSize);
      blocks = all; // for those who read without locks
    }
    return all[number];
  }

  /** Writes a row at the position of a buffer, in the buffer's byte order. */
  public final void write(int ordinal, ByteBuffer target) {
    write(block(ordinal), offset(ordinal), rowSize, target);
    target.position(target.position() + rowBytes());
  }

  /** Fills consecutive rows from the position of a buffer on, in the buffer's byte order. */
  public final void read(ByteBuffer source, int from, int to) {
    for (int row = from; row < to; ) {
      int count = Math.min(to - row, rowsFrom(row));
      read(source, blockToWrite(row), offset(row), count * rowSize);
      source.position(source.position() + count * rowBytes());
      row += count;
    }
  }

  public final long bytes() {
    // A block in which no ordinal is live may never have been made.
    long made = Arrays.stream(blocks).filter(Objects::nonNull).count();
    return made * (mask + 1) * rowBytes();
  }
}
