package dev.vantage.tsdb.archive;

import dev.vantage.tsdb.files.OpenFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** The bytes of an export. Checks that the file is complete and unchanged. Thread-safe. */
final class ArchiveFile {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String MAGIC = "1f8b";

  /** The maximum length of the first line in every version of the format. */
  private static final int FIRST_LINE_BYTES = 1000;

  private final Path path;

  ArchiveFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Returns whether the file begins with the magic number of gzip. */
  boolean isCompressed() throws IOException {
    OpenFiles.check(path);
    try (InputStream in = Files.newInputStream(path)) {
      return HexFormat.of().formatHex(in.readNBytes(2)).equals(MAGIC);
    }
  }

  /** Returns the first line, or its first {@link #FIRST_LINE_BYTES} bytes if it is longer. */
  byte[] firstLine() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path), BUFFER_BYTES)) {
      byte[] beginning = in.readNBytes(FIRST_LINE_BYTES);
      int end = 0;
      while (end < beginning.length && beginning[end] != '\n') {
        end++;
      }
      return Arrays.copyOf(beginning, end);
    }
  }

  /** Reads the whole file, checks its digest and returns its last line. */
  ArchiveFooter footer() throws IOException {
    long end = Files.size(path) - ArchiveFooter.BYTES;
    if (end < 0) {
      throw notWhole("the last line is missing");
    }
    ByteBuffer last = ByteBuffer.allocate(ArchiveFooter.BYTES);
    try (FileChannel channel = FileChannel.open(path)) {
      while (last.hasRemaining()) {
        if (channel.read(last, end + last.position()) < 0) {
          throw notWhole("the file became shorter");
        }
      }
    }
    ArchiveFooter footer =
        ArchiveFooter.read(last.array()).orElseThrow(() -> notWhole("the last line is missing"));
    MessageDigest digest = ArchiveFormat.sha256();
    try (InputStream in = new DigestInputStream(upTo(end), digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (in.read(buffer) >= 0) {
        // The stream adds each byte to the digest.
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(footer.file())) {
      throw notWhole("checksum mismatch");
    }
    return footer;
  }

  BadArchiveException notWhole(String found) {
    return new BadArchiveException(
        "export must be complete and unchanged: file=" + path + ", found=" + found);
  }

  /** Returns the uncompressed text of all lines except the last one. */
  InputStream text() throws IOException {
    return new GZIPInputStream(upTo(Files.size(path) - ArchiveFooter.BYTES), BUFFER_BYTES);
  }

  private InputStream upTo(long end) throws IOException {
    FileChannel channel = FileChannel.open(path);
    return new BufferedInputStream(new Beginning(Channels.newInputStream(channel), end));
  }

  /** The first bytes of a stream, up to a given length. */
  private static final class Beginning extends InputStream {
    private final InputStream in;
    private long left;

    Beginning(InputStream in, long length) {
      this.in = in;
      left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException("the file became shorter");
      }
      left -= read;
      return read;
    }

    @Override
    public int available() {
      return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
