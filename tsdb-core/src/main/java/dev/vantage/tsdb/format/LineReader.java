package dev.vantage.tsdb.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines of UTF-8, ended by LF or CRLF. Not thread-safe. Unlike a BufferedReader it knows in
 * which line the bytes are not UTF-8, and it limits the length of a line, so a file without line
 * ends cannot fill the memory.
 */
final class LineReader {
  /** The maximum length of a line, in bytes. */
  static final int MAX_BYTES = 64 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long number;
  private String text = "";

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line that is not blank; false at the end of the file. */
  boolean next() throws IOException, BadFileException {
    while (nextLine()) {
      if (!text.isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the current line without its line end. */
  String text() {
    return text;
  }

  /**
   * Returns the number of the current line, from 1; at the end of the file, the number of lines.
   */
  long number() {
    return number;
  }

  private boolean nextLine() throws IOException, BadFileException {
    if (position == limit && !fill()) {
      return false;
    }
    number++;
    int end = lineEnd();
    if (end < limit) {
      text = decode(ByteBuffer.wrap(buffer, position, end - position));
      position = end + 1;
    } else {
      text = decode(ByteBuffer.wrap(readLongLine()));
    }
    return true;
  }

  /** Reads a line of which the buffer holds only the beginning. */
  private byte[] readLongLine() throws IOException, BadFileException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(2 * BUFFER_BYTES);
    do {
      int end = lineEnd();
      line.write(buffer, position, end - position);
      position = Math.min(limit, end + 1);
      if (line.size() > MAX_BYTES) {
        throw new BadFileException(
            number, "line must have at most " + MAX_BYTES + " bytes: bytes>=" + line.size());
      }
      if (end < limit) {
        break;
      }
    } while (fill());
    return line.toByteArray();
  }

  /** Returns the index of the next LF in the buffer, or the limit. */
  private int lineEnd() {
    int end = position;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  private String decode(ByteBuffer bytes) throws BadFileException {
    int last = bytes.limit() - 1;
    if (last >= bytes.position() && bytes.get(last) == '\r') {
      bytes.limit(last);
    }
    try {
      return decoder.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new BadFileException(number, "file must be UTF-8: found=" + e.getMessage());
    }
  }
}
