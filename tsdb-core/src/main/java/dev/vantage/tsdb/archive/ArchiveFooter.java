package dev.vantage.tsdb.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The last line of a file, as a gzip member of its own. Immutable. Equal footers have equal bytes,
 * so any changed bit is detected.
 *
 * @param series the number of series
 * @param text the SHA-256 of the text before the last line, in hexadecimal
 * @param file the SHA-256 of the file's bytes before the last line, in hexadecimal
 */
record ArchiveFooter(long series, String text, String file) {
  private static final byte[] MEMBER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** The length of the line in bytes, including its line feed. */
  private static final int LINE_BYTES = 256;

  /**
   * The header of a final stored block of DEFLATE: its type, its length, and the complement of its
   * length.
   */
  private static final int BLOCK_BYTES = 5;

  private static final int CHECK_BYTES = 8;

  /** The length of the whole gzip member in bytes. */
  static final int BYTES = MEMBER.length + BLOCK_BYTES + LINE_BYTES + CHECK_BYTES;

  static ArchiveFooter of(long series, byte[] text, byte[] file) {
    HexFormat hex = HexFormat.of();
    return new ArchiveFooter(series, hex.formatHex(text), hex.formatHex(file));
  }

  byte[] toBytes() {
    byte[] line = line();
    CRC32 check = new CRC32();
    check.update(line);
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MEMBER)
        .put((byte) 1)
        .putShort((short) LINE_BYTES)
        .putShort((short) ~LINE_BYTES)
        .put(line)
        .putInt((int) check.getValue())
        .putInt(LINE_BYTES)
        .array();
  }

  private byte[] line() {
    byte[] line = new byte[LINE_BYTES];
    Arrays.fill(line, (byte) ' ');
    String value =
        "{\"series\":%d,\"sha256\":\"%s\",\"file_sha256\":\"%s\"}".formatted(series, text, file);
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, line, 0, bytes.length);
    line[LINE_BYTES - 1] = '\n';
    return line;
  }

  /** Reads the last bytes of a file; empty if they are not exactly what {@link #toBytes} makes. */
  static Optional<ArchiveFooter> read(byte[] bytes) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser =
        ArchiveFormat.json().createParser(bytes, MEMBER.length + BLOCK_BYTES, LINE_BYTES)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
      ArchiveFooter footer =
          new ArchiveFooter(
              Long.parseLong(fields.getOrDefault("series", "")),
              fields.getOrDefault("sha256", ""),
              fields.getOrDefault("file_sha256", ""));
      // Values that do not fit into the line were not written by this class.
      boolean same = footer.series >= 0 && Arrays.equals(bytes, footer.toBytes());
      return same ? Optional.of(footer) : Optional.empty();
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
