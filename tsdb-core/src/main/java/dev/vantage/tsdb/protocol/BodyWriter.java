package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.InvalidRequestException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects a body. Not thread-safe. Reserves memory before the body grows. */
final class BodyWriter extends OutputStream {
  private static final int LARGEST_PIECE = 64 * 1024;
  private static final int MOST_BYTES = Integer.MAX_VALUE - 1024;

  private final Room room;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] piece = new byte[0];
  private int used;
  private int length;

  BodyWriter(Room room) {
    this.room = room;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    int written = 0;
    while (written < count) {
      if (used == piece.length) {
        grow(count - written);
      }
      int part = Math.min(count - written, piece.length - used);
      System.arraycopy(bytes, offset + written, piece, used, part);
      used += part;
      length += part;
      written += part;
    }
  }

  /**
   * Begins a piece. A short body has one piece; the last piece of a long body is at most half
   * empty.
   */
  private void grow(int wanted) {
    int size = Math.min(LARGEST_PIECE, Math.max(wanted, length));
    if (length > MOST_BYTES - size) {
      throw new InvalidRequestException(
          "answer must have at most "
              + MOST_BYTES
              + " bytes: bytes>"
              + length
              + "; hint: request less");
    }
    room.take(size);
    if (used > 0) {
      full.add(piece);
    }
    piece = new byte[size];
    used = 0;
  }

  /** Returns the written body. Nothing may be written afterwards. */
  Body toBody() {
    full.add(used == piece.length ? piece : Arrays.copyOf(piece, used));
    return Body.of(full);
  }
}
