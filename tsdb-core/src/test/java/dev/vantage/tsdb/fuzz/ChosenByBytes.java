package dev.vantage.tsdb.fuzz;

import java.util.Random;

/**
 * Random choices that are taken from bytes, so that a fuzzer that changes bytes changes choices.
 * Deterministic, also after the last byte.
 */
public final class ChosenByBytes extends Random {
  private static final long serialVersionUID = 1;

  private final transient byte[] bytes;
  private transient int used;

  public ChosenByBytes(byte[] bytes, int from) {
    super(0);
    this.bytes = bytes;
    used = from;
  }

  /** A bound is nearly always below 256: one byte is enough of a choice. */
  @Override
  public int nextInt(int bound) {
    return next(8) % bound;
  }

  @Override
  protected int next(int bits) {
    return bytes != null && used < bytes.length
        ? Byte.toUnsignedInt(bytes[used++]) << Math.max(0, bits - 8)
        : super.next(bits);
  }
}
