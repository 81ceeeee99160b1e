package dev.vantage.tsdb.format;

import dev.vantage.tsdb.files.NewFile;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes series one a row, so that {@link FileFormat#WIDE} with ids first reads them back the same:
 * id and values, separated by tabs, rows ended by LF. Attributes are not part of the format.
 *
 * <p>Numbers that have at most 6 decimals, below 10<sup>9</sup>, are written the same on every JVM.
 * Holds one row in memory. Not thread-safe.
 */
public final class WideWriter implements Closeable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Writer out;
  private final Optional<NewFile> made;
  private final StringBuilder row = new StringBuilder();
  private boolean isEmpty = true;

  /**
   * Writes to a writer.
   *
   * @param out where to; closed with this
   */
  public WideWriter(Writer out) {
    this(out, Optional.empty());
  }

  private WideWriter(Writer out, Optional<NewFile> made) {
    this.out = out;
    this.made = made;
  }

  /**
   * Writes to a file, in UTF-8. Until {@link #finish} its name is that of the file with a random
   * end, but a device or a pipe is written to at once.
   *
   * @param file the file, replaced where there is one
   * @return the writer
   * @throws IOException if the file cannot be made
   */
  public static WideWriter to(Path file) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return new WideWriter(Files.newBufferedWriter(target));
    }
    NewFile made = new NewFile(target);
    OutputStream bytes = Channels.newOutputStream(made.channel());
    return new WideWriter(
        new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8.newEncoder())),
        Optional.of(made));
  }

  /**
   * Writes a row.
   *
   * @param entry a series without times
   * @throws InvalidSeriesException if the series has times, which the format has no place for
   * @throws IOException if the row cannot be written
   */
  public void write(SeriesEntry entry) throws IOException {
    if (entry.series().hasTimes()) {
      throw new InvalidSeriesException(
          "series in a wide file must be evenly spaced, without times: id=" + entry.id());
    }
    row.setLength(0);
    if (isEmpty && entry.id().charAt(0) == BYTE_ORDER_MARK) {
      // A reader takes the first one for the file's.
      row.append(BYTE_ORDER_MARK);
    }
    isEmpty = false;
    row.append(entry.id());
    for (double value : entry.series().values()) {
      Numbers.append(row.append('\t'), value);
    }
    out.append(row.append('\n'));
  }

  /**
   * Says that nothing more comes: the file has its name then. Closing without this leaves none.
   *
   * @throws IOException if it cannot be written
   */
  public void finish() throws IOException {
    out.flush();
    if (made.isPresent()) {
      made.get().replace();
    }
  }

  @Override
  public void close() throws IOException {
    if (made.isPresent()) {
      made.get().close(); // what is not finished is of no use, not even what is still buffered
    } else {
      out.close();
    }
  }
}
