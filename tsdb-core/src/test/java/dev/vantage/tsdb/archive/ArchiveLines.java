package dev.vantage.tsdb.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Reads the lines of exports, and creates exports with any content and right checksums. */
public final class ArchiveLines {
  private static final byte[] NO_DIGEST = {};

  private ArchiveLines() {}

  /** Writes the text of a file. */
  public interface Text {
    void write(OutputStream out) throws IOException;
  }

  /** All lines, the last one too. */
  public static List<String> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Writes a file with right checksums: these lines and a matching last line. */
  public static Path write(Path file, long series, List<String> lines) throws IOException {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    return write(file, series, out -> out.write(text), NO_DIGEST);
  }

  /** Makes a file whose bytes are whole, of these lines and the last line of others. */
  public static Path write(Path file, long series, List<String> lines, List<String> others)
      throws IOException {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] other = (String.join("\n", others) + "\n").getBytes(StandardCharsets.UTF_8);
    return write(file, series, out -> out.write(text), ArchiveFormat.sha256().digest(other));
  }

  /** Makes a file whose bytes are whole, of a text that need not fit into memory. */
  public static Path write(Path file, long series, Text text) throws IOException {
    return write(file, series, text, NO_DIGEST);
  }

  private static Path write(Path file, long series, Text text, byte[] digest) throws IOException {
    MessageDigest textDigest = ArchiveFormat.sha256();
    MessageDigest fileDigest = ArchiveFormat.sha256();
    try (OutputStream out = Files.newOutputStream(file)) {
      GZIPOutputStream compressed =
          new GZIPOutputStream(new DigestOutputStream(out, fileDigest), 1 << 16);
      text.write(new DigestOutputStream(compressed, textDigest));
      compressed.finish();
      byte[] said = digest.length == 0 ? textDigest.digest() : digest;
      out.write(ArchiveFooter.of(series, said, fileDigest.digest()).toBytes());
    }
    return file;
  }

  /** Writes a text again and again. */
  public static void repeat(OutputStream out, String text, long times) throws IOException {
    byte[] unit = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    int inOne = 1 + (1 << 16) / unit.length;
    for (int i = 0; i < inOne; i++) {
      many.write(unit);
    }
    byte[] block = many.toByteArray();
    long left = times;
    for (; left >= inOne; left -= inOne) {
      out.write(block);
    }
    out.write(block, 0, (int) left * unit.length);
  }
}
