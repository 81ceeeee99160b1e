package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.OpenFiles;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A backup: an SQLite file followed by a line with the SHA-256 of the bytes before it, because
 * SQLite has no checksums. SQLite knows the number of its pages and ignores the line.
 *
 * <p>Backups of the first two formats had no such line. Every later one must have it.
 */
final class BackupFile {
  private static final String SEAL = "\ntsdb backup sha256=";
  private static final int SEAL_BYTES = SEAL.length() + 64 + 1;
  private static final int BUFFER_BYTES = 1 << 16;

  /** The least page size of SQLite; every page size is a multiple of it. */
  private static final int LEAST_PAGE_BYTES = 512;

  /** The last format whose backups have no such line. */
  private static final int LAST_WITHOUT_SEAL = 2;

  /** The offset of the format version in SQLite's header. */
  private static final int FORMAT_OFFSET = 60;

  private BackupFile() {}

  /** Appends the line to a complete file, and forces both to the disk. */
  static void seal(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long pages = channel.size();
      MessageDigest digest = sha256();
      read(channel, pages, digest::update);
      write(
          channel.position(pages),
          ByteBuffer.wrap(line(digest).getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
  }

  /**
   * Copies the pages of a backup, and checks every byte of it.
   *
   * @param copy the file to fill; must be empty
   * @throws StoreException if the backup is damaged; the copy is then unusable
   */
  static void copy(Path file, Path copy) throws IOException {
    OpenFiles.check(file);
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      long size = from.size();
      if (size == 0) {
        throw damaged(file, "the file is empty");
      }
      boolean sealed = size % LEAST_PAGE_BYTES != 0;
      if (!sealed && format(from) > LAST_WITHOUT_SEAL) {
        throw damaged(file, "the last line is missing");
      }
      long pages = sealed ? size - SEAL_BYTES : size;
      String last = sealed && pages > 0 ? end(from, pages) : "";
      if (sealed && !last.startsWith(SEAL)) {
        throw damaged(file, "the last line is missing");
      }
      MessageDigest digest = sha256();
      read(
          from,
          pages,
          bytes -> {
            digest.update(bytes.duplicate());
            write(to, bytes);
          });
      if (sealed && !last.equals(line(digest))) {
        throw damaged(file, "checksum mismatch");
      }
      to.force(true);
    }
  }

  private static int format(FileChannel file) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
    file.read(number, FORMAT_OFFSET);
    return number.getInt(0);
  }

  private static StoreException damaged(Path file, String found) {
    return new StoreException(
        StoreException.Kind.INVALID_LOCATION,
        "backup must be complete and unchanged: file=" + file + ", found=" + found);
  }

  private static String end(FileChannel file, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SEAL_BYTES);
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
      // A read may return fewer bytes than requested.
    }
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  private static String line(MessageDigest digest) {
    return SEAL + HexFormat.of().formatHex(digest.digest()) + "\n";
  }

  private interface Taking {
    void take(ByteBuffer bytes) throws IOException;
  }

  /** Reads the first bytes of a file, part by part. */
  private static void read(FileChannel file, long bytes, Taking taking) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (long position = 0; position < bytes; position += buffer.limit()) {
      buffer.clear().limit((int) Math.min(bytes - position, BUFFER_BYTES));
      if (file.read(buffer, position) <= 0) {
        throw new IOException("file became shorter");
      }
      taking.take(buffer.flip());
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
