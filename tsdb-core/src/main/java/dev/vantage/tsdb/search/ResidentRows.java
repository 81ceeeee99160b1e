package dev.vantage.tsdb.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;

/**
 * Prepared series packed in blocks. A row that is not there is read from the storage when it is
 * first needed, and stays.
 *
 * <p>The first number of a row is never 0 once the row is there. It is written last, with release
 * semantics, and read first, with acquire semantics: who sees it sees the whole row. Rows and
 * blocks are written under this object's monitor, which readers of rows that are there do not take.
 */
final class ResidentRows implements PreparedRows {
  /** Blocks hold about this many numbers: large enough to scan, small enough not to waste. */
  private static final int BLOCK_NUMBERS = 1 << 15;

  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(double[].class);

  private final int rowSize;
  private final RowSource source;
  private final int shift;
  private final int mask;
  private volatile double[][] blocks = new double[0][];

  ResidentRows(int rowSize, RowSource source) {
    this.rowSize = rowSize;
    this.source = source;
    int rows = Math.max(1, Integer.highestOneBit(BLOCK_NUMBERS / rowSize));
    shift = Integer.numberOfTrailingZeros(rows);
    mask = rows - 1;
  }

  @Override
  public RowCursor cursor(RemovedRows removed) {
    return new Cursor(removed);
  }

  @Override
  public void put(int ordinal, double[] row) {
    write(ordinal, row, 0);
  }

  @Override
  public synchronized void putStored(int ordinal) {
    double[] block = block(ordinal);
    if (block != null) {
      // What an update left there that was given up.
      NUMBER.setRelease(block, offset(ordinal), 0.0);
    }
  }

  private synchronized void write(int ordinal, double[] row, int from) {
    double[] block = blockToWrite(ordinal);
    int offset = offset(ordinal);
    System.arraycopy(row, from + 1, block, offset + 1, rowSize - 1);
    NUMBER.setRelease(block, offset, row[from]);
  }

  private double[] blockToWrite(int ordinal) {
    int number = ordinal >>> shift;
    double[][] all = blocks;
    if (number >= all.length || all[number] == null) {
      int length = number < all.length ? all.length : number + 1 + (number >> 3);
      double[][] more = Arrays.copyOf(all, length);
      more[number] = new double[(mask + 1) * rowSize];
      blocks = more;
    }
    return blocks[number];
  }

  /** The array that holds a row if it is there, or null if it is certainly not. */
  private double[] block(int ordinal) {
    double[][] all = blocks;
    int number = ordinal >>> shift;
    return number < all.length ? all[number] : null;
  }

  private int offset(int ordinal) {
    return (ordinal & mask) * rowSize;
  }

  private boolean isThere(double[] block, int offset) {
    return block != null && (double) NUMBER.getAcquire(block, offset) != 0;
  }

  /** Reads a row from the storage. Several threads may: each finds the same row. */
  private double[] fill(int ordinal, RemovedRows removed) {
    double[] row = new double[rowSize];
    source.load(ordinal, removed, row);
    synchronized (this) {
      if (!isThere(block(ordinal), offset(ordinal))) {
        write(ordinal, row, 0);
      }
    }
    return block(ordinal);
  }

  @Override
  public void settle() {
    // Rows stay where they are.
  }

  @Override
  public PreparedRows packed(int[] oldOrdinals, Directory newDirectory) {
    ResidentRows packed = new ResidentRows(rowSize, source.of(newDirectory));
    for (int ordinal = 0; ordinal < oldOrdinals.length; ordinal++) {
      double[] block = block(oldOrdinals[ordinal]);
      int offset = offset(oldOrdinals[ordinal]);
      if (isThere(block, offset)) {
        packed.write(ordinal, block, offset);
      }
    }
    return packed;
  }

  @Override
  public boolean isResident() {
    return true;
  }

  @Override
  public long bytes() {
    return Arrays.stream(blocks)
        .filter(Objects::nonNull)
        .mapToLong(block -> (long) block.length * Double.BYTES)
        .sum();
  }

  private final class Cursor implements RowCursor {
    private final RemovedRows removed;
    private double[] block = {};
    private int offset;

    Cursor(RemovedRows removed) {
      this.removed = removed;
    }

    @Override
    public void seek(int ordinal) {
      int next = ResidentRows.this.offset(ordinal);
      double[] found = ResidentRows.this.block(ordinal);
      block = isThere(found, next) ? found : fill(ordinal, removed);
      offset = next;
    }

    @Override
    public double[] array() {
      return block;
    }

    @Override
    public int offset() {
      return offset;
    }
  }
}
