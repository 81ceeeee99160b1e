package dev.vantage.tsdb.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a frame after its length, in pieces, so that a large body grows without being
 * copied. Immutable, provided that the arrays it was made of are not changed.
 */
public final class Body {
  private final List<byte[]> pieces;
  private final int length;

  private Body(List<byte[]> pieces) {
    this.pieces = List.copyOf(pieces);
    long sum = 0;
    for (byte[] piece : this.pieces) {
      sum += piece.length;
    }
    this.length = Math.toIntExact(sum);
  }

  /**
   * Returns a body of pieces, which are not copied.
   *
   * @param pieces the bytes, at most {@link Integer#MAX_VALUE} together
   * @return the body
   */
  public static Body of(byte[]... pieces) {
    return new Body(List.of(pieces));
  }

  static Body of(List<byte[]> pieces) {
    return new Body(pieces);
  }

  /** {@return the number of bytes} */
  public int length() {
    return length;
  }

  /** Returns this body between other bytes. */
  Body between(byte[] before, byte[] after) {
    List<byte[]> all = new ArrayList<>();
    all.add(before);
    all.addAll(pieces);
    all.add(after);
    return new Body(all);
  }

  /**
   * Writes all bytes.
   *
   * @param out the destination
   * @throws IOException if {@code out} fails
   */
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  /** {@return a copy of all bytes in one array} */
  public byte[] toBytes() {
    byte[] bytes = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, bytes, at, piece.length);
      at += piece.length;
    }
    return bytes;
  }

  /** {@return a stream of the bytes; not thread-safe} */
  public InputStream stream() {
    return new PieceStream(pieces);
  }

  private static final class PieceStream extends InputStream {
    private final List<byte[]> pieces;
    private int piece;
    private int at;

    PieceStream(List<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int most) {
      while (piece < pieces.size() && at == pieces.get(piece).length) {
        piece++;
        at = 0;
      }
      if (piece == pieces.size()) {
        return -1;
      }
      int count = Math.min(most, pieces.get(piece).length - at);
      System.arraycopy(pieces.get(piece), at, bytes, offset, count);
      at += count;
      return count;
    }
  }
}
