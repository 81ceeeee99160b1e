package dev.vantage.tsdb.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A backup: a SQLite file, which has no checksums of its own, and after its last page a line with
 * the SHA-256 of what is before it. SQLite knows how many pages it has, and passes over the line.
 */
final class BackupFile {
  private static final String SEAL = "\ntsdb backup sha256=";
  private static final int SEAL_BYTES = SEAL.length() + 64 + 1;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Every page of SQLite is a multiple of this. */
  private static final int LEAST_PAGE_BYTES = 512;

  private BackupFile() {}

  /** Adds the line to a file that has all its pages, and brings both to the disk. */
  static void seal(Path file) throws IOException {
    String line = SEAL + digest(file, Files.size(file)) + "\n";
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /**
   * Checks every byte of a backup.
   *
   * @return how many bytes of it are pages; all where it was made before backups had such a line
   * @throws StoreException if they are not what was written
   */
  static long check(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      throw damaged(file, "it is empty");
    }
    if (size % LEAST_PAGE_BYTES == 0) {
      return size;
    }
    long pages = size - SEAL_BYTES;
    String last = pages < 0 ? "" : end(file, pages);
    if (!last.startsWith(SEAL)) {
      throw damaged(file, "the last line is missing");
    }
    if (!last.equals(SEAL + digest(file, pages) + "\n")) {
      throw damaged(file, "its bytes are not those that were written");
    }
    return pages;
  }

  /** Takes the line off. */
  static void truncate(Path file, long pages) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(pages);
    }
  }

  private static StoreException damaged(Path file, String found) {
    return new StoreException(
        StoreException.Kind.DAMAGED,
        "file must be a backup of tsdb, whole and unchanged: file=" + file + ", found=" + found);
  }

  private static String end(Path file, long from) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String digest(Path file, long bytes) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = bytes;
    try (InputStream in = Files.newInputStream(file)) {
      while (left > 0) {
        int read = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
        if (read == 0) {
          throw new IOException("file became shorter: file=" + file);
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
