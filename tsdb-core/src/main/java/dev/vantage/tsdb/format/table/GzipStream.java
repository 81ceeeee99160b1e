package dev.vantage.tsdb.format.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The contents of all members of a gzip file, one behind the other, as in RFC 1952. Not
 * thread-safe. {@code GZIPInputStream} ends in silence where a later member is damaged, and on Java
 * 17 also where the packed stream cannot say that more bytes are available. Closing releases native
 * memory and leaves the packed stream open.
 */
final class GzipStream extends InputStream {
  private static final int BUFFER_BYTES = 1 << 14;
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream packed;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private int position;
  private int limit;
  private boolean isEnded;

  /** Packed data that break a rule, with a message for users. */
  static final class Damage extends ZipException {
    private static final long serialVersionUID = 1L;

    Damage(String problem) {
      super(problem);
    }
  }

  /** Reads the header of the first member. */
  GzipStream(InputStream packed) throws IOException {
    this.packed = packed;
    try {
      readHeader();
    } catch (IOException e) {
      inflater.end();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!isEnded && length > 0) {
      int count = inflate(bytes, offset, length);
      if (count > 0) {
        checksum.update(bytes, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new Damage("it needs a dictionary");
      } else {
        checkMore();
        inflater.setInput(buffer, position, limit - position);
        position = limit;
      }
    }
    return length == 0 ? 0 : -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      throw new Damage("malformed packed data");
    }
  }

  /** Checks the trailer of the member, and begins the next one if bytes follow. */
  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    boolean isIntact =
        readWord() == checksum.getValue()
            && readWord() == (inflater.getBytesWritten() & 0xffff_ffffL);
    if (!isIntact) {
      throw new Damage("wrong checksum");
    }
    isEnded = !hasMore();
    if (!isEnded) {
      inflater.reset();
      checksum.reset();
      readHeader();
    }
  }

  private void readHeader() throws IOException {
    if (readByte() != MAGIC_1 || readByte() != MAGIC_2 || readByte() != DEFLATE) {
      throw new Damage("bytes that are not gzip");
    }
    int flags = readByte();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(readByte() + (readByte() << 8));
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        skipText();
      }
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      readByte();
    }
  }

  private void skipText() throws IOException {
    int read = readByte();
    while (read != 0) {
      read = readByte();
    }
  }

  private long readWord() throws IOException {
    long word = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      word |= (long) readByte() << shift;
    }
    return word;
  }

  private int readByte() throws IOException {
    checkMore();
    return buffer[position++] & 0xff;
  }

  private void checkMore() throws IOException {
    if (!hasMore()) {
      throw new EOFException();
    }
  }

  private boolean hasMore() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, packed.read(buffer, 0, buffer.length));
    }
    return limit > position;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
