package dev.vantage.tsdb.format.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads lines of UTF-8, ended by LF, CRLF or CR. Not thread-safe. Unlike a BufferedReader it knows
 * in which line the bytes are not UTF-8, and it limits the length of a line, so a file without line
 * ends cannot fill the memory. The next lines can be looked at before they are read.
 */
public final class LineReader {
  /** The maximum length of a line, in bytes. */
  static final int MAX_BYTES = 64 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  /** A header, units and two rows. */
  private static final int FEWEST_LINES = 4;

  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Deque<TextLine> ahead = new ArrayDeque<>();
  private Optional<Problem> problem = Optional.empty();
  private int position;
  private int limit;
  private boolean endedByReturn;
  private long read;
  private long number;
  private String text = "";

  /** A failure that was met while looking ahead, and is thrown when its line is read. */
  private record Problem(Optional<IOException> failure, Optional<BadFileException> badFile) {
    void raise() throws IOException, BadFileException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (badFile.isPresent()) {
        throw badFile.get();
      }
    }
  }

  public LineReader(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line that is not blank; false at the end of the file. */
  public boolean next() throws IOException, BadFileException {
    while (nextLine()) {
      if (!text.isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** Skips up to {@code lines} lines, including blank lines; stops at the end of the file. */
  public void skip(long lines) throws IOException, BadFileException {
    for (long i = 0; i < lines && nextLine(); i++) {
      text = "";
    }
  }

  /** Returns the current line without its line end. */
  public String text() {
    return text;
  }

  /**
   * Returns the number of the current line, from 1; at the end of the file, the number of lines.
   */
  public long number() {
    return number;
  }

  /**
   * Returns the lines that come next, blank ones included, without moving: up to a number of lines.
   * Behind the first few, which tell a header from rows, they make up no more than a number of
   * characters.
   */
  public List<TextLine> peek(int mostLines, int mostChars) {
    int chars = ahead.stream().mapToInt(line -> line.text().length()).sum();
    while (ahead.size() < mostLines
        && (chars < mostChars || ahead.size() < FEWEST_LINES)
        && problem.isEmpty()) {
      try {
        if (!readLine()) {
          break;
        }
        chars += ahead.getLast().text().length();
      } catch (IOException e) {
        problem = Optional.of(new Problem(Optional.of(e), Optional.empty()));
      } catch (BadFileException e) {
        problem = Optional.of(new Problem(Optional.empty(), Optional.of(e)));
      }
    }
    return new ArrayList<>(ahead);
  }

  /** Returns a reader of the lines that come next, as far as peek returns them. */
  public LineReader ofNext(int mostLines, int mostChars) {
    LineReader copy = new LineReader(InputStream.nullInputStream());
    copy.ahead.addAll(peek(mostLines, mostChars));
    copy.problem = problem;
    copy.number = number;
    return copy;
  }

  private boolean nextLine() throws IOException, BadFileException {
    if (ahead.isEmpty()) {
      if (problem.isPresent()) {
        problem.get().raise();
      }
      if (!readLine()) {
        return false;
      }
    }
    TextLine line = ahead.removeFirst();
    number = line.number();
    text = line.text();
    return true;
  }

  /** Reads the next line from the stream, after the peeked lines. */
  private boolean readLine() throws IOException, BadFileException {
    if (position == limit && !fill(read + 1)) {
      return false;
    }
    if (endedByReturn && buffer[position] == '\n') {
      endedByReturn = false;
      position++;
      return readLine();
    }
    endedByReturn = false;
    read++;
    int end = lineEnd();
    if (end < limit) {
      ahead.add(new TextLine(read, decode(buffer, position, end - position)));
      endAt(end);
    } else {
      byte[] line = readLongLine();
      ahead.add(new TextLine(read, decode(line, 0, line.length)));
    }
    return true;
  }

  /** Reads a line that begins in the buffer and ends behind it. */
  private byte[] readLongLine() throws IOException, BadFileException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(2 * BUFFER_BYTES);
    do {
      int end = lineEnd();
      line.write(buffer, position, end - position);
      if (line.size() > MAX_BYTES) {
        throw new BadFileException(
            read, "line must have at most " + MAX_BYTES + " bytes: bytes>=" + line.size());
      }
      if (end < limit) {
        endAt(end);
        break;
      }
      position = limit;
    } while (fill(read));
    return line.toByteArray();
  }

  private void endAt(int end) {
    endedByReturn = buffer[end] == '\r';
    position = end + 1;
  }

  /** Returns the index of the next line end in the buffer, or the limit. */
  private int lineEnd() {
    int end = position;
    while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
      end++;
    }
    return end;
  }

  /** Reads more bytes into the buffer; the first of them belongs to a line. */
  private boolean fill(long line) throws IOException, BadFileException {
    position = 0;
    try {
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
    } catch (BadBytesException e) {
      limit = 0;
      throw new BadFileException(line, e.getMessage());
    }
    return limit > 0;
  }

  private String decode(byte[] bytes, int from, int length) throws BadFileException {
    try {
      String line = decoder.decode(ByteBuffer.wrap(bytes, from, length)).toString();
      if (read == 1 && line.indexOf('\0') >= 0) {
        throw new BadFileException(1, BadBytes.ofNulls(line));
      }
      return line;
    } catch (CharacterCodingException e) {
      int bad = badByte(ByteBuffer.wrap(bytes, from, length)) - from;
      throw new BadFileException(read, BadBytes.ofLine(bytes, from, length, bad));
    }
  }

  private int badByte(ByteBuffer line) {
    decoder.reset();
    CharBuffer out = CharBuffer.allocate(line.remaining() + 1);
    CoderResult result = decoder.decode(line, out, true);
    return result.isError() ? line.position() : line.limit();
  }
}
