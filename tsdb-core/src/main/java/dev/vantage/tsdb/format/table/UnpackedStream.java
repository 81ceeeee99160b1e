package dev.vantage.tsdb.format.table;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Unpacked bytes. Damage of the packed data is a {@link BadBytesException}, unlike a failure to
 * read it. Not thread-safe. Closing leaves the packed stream, and an archive, open.
 */
final class UnpackedStream extends FilterInputStream {
  private final String packing;
  private boolean isDamaged;

  private UnpackedStream(InputStream in, String packing) {
    super(in);
    this.packing = packing;
  }

  static UnpackedStream ofGzip(InputStream packed) throws IOException {
    try {
      return new UnpackedStream(new GzipStream(packed), "gzip");
    } catch (EOFException | ZipException e) {
      throw damaged("gzip", e);
    }
  }

  /** The current member of an archive. */
  static UnpackedStream ofMember(ZipInputStream archive) {
    return new UnpackedStream(archive, "zip");
  }

  static BadBytesException damaged(String packing, IOException failure) {
    String problem = failure instanceof EOFException ? "unexpected end" : inWords(failure);
    return new BadBytesException(packing + " data must be whole: problem=" + problem);
  }

  /** Java's own messages quote zlib or name classes. */
  private static String inWords(IOException failure) {
    if (failure instanceof GzipStream.Damage) {
      return failure.getMessage();
    }
    return String.valueOf(failure.getMessage()).contains("encrypted") ? "encrypted" : "damaged";
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (EOFException | ZipException e) {
      isDamaged = true;
      throw damaged(packing, e);
    }
  }

  /** Returns whether damage has been met. */
  boolean isDamaged() {
    return isDamaged;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() {
    if (in instanceof GzipStream gzip) {
      gzip.close();
    }
  }
}
