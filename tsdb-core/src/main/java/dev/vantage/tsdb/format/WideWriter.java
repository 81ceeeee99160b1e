package dev.vantage.tsdb.format;

import dev.vantage.tsdb.files.NewFile;
import dev.vantage.tsdb.format.table.Numbers;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes one series per row, so that {@link FileFormat#WIDE} with ids first reads back equal
 * series: id and values, separated by tabs, rows ended by LF. Not thread-safe. Attributes are not
 * part of the format.
 *
 * <p>Numbers with at most 6 decimals, below 10<sup>9</sup>, are written the same on every JVM.
 * Holds one row in memory.
 */
public final class WideWriter implements Closeable {
  /** A line that begins with one of these may be a comment or a header. */
  private static final String SPECIAL = "#%;\\|@'";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Writer out;
  private final @Nullable NewFile made;
  private final StringBuilder row = new StringBuilder();
  private boolean isEmpty = true;

  /**
   * Writes to a writer.
   *
   * @param out the destination; closed with this writer
   */
  public WideWriter(Writer out) {
    this(Objects.requireNonNull(out, "out"), null);
  }

  private WideWriter(Writer out, @Nullable NewFile made) {
    this.out = out;
    this.made = made;
  }

  /**
   * Writes to a file, in UTF-8. Until {@link #finish} the data is in a file of the same name with a
   * random suffix. A device or a pipe is written to directly.
   *
   * @param file the file, replaced if it exists
   * @return the writer
   * @throws IOException if the file cannot be created
   */
  public static WideWriter to(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    Path target = Files.exists(file) ? file.toRealPath() : file;
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return new WideWriter(Files.newBufferedWriter(target));
    }
    NewFile made = new NewFile(target);
    OutputStream bytes = Channels.newOutputStream(made.channel());
    return new WideWriter(
        new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8.newEncoder())),
        made);
  }

  /**
   * Writes a row.
   *
   * @param entry a series without times
   * @throws InvalidSeriesException if the series has times, which the format cannot hold
   * @throws IOException if the row cannot be written
   */
  public void write(SeriesEntry entry) throws IOException {
    Objects.requireNonNull(entry, "entry");
    if (entry.series().hasTimes()) {
      throw new InvalidSeriesException(
          "series in a wide file must be evenly spaced, without times: id=" + entry.id());
    }
    row.setLength(0);
    if (isEmpty && entry.id().charAt(0) == BYTE_ORDER_MARK) {
      // A reader skips the first mark as that of the file.
      row.append(BYTE_ORDER_MARK);
    }
    isEmpty = false;
    appendId(entry.id());
    for (double value : entry.series().values()) {
      Numbers.append(row.append('\t'), value);
    }
    out.append(row.append('\n'));
  }

  /** Appends an id, in quotes if a reader would take it for a comment or for quotes. */
  private void appendId(String id) {
    boolean isPlain =
        id.indexOf('"') < 0
            && SPECIAL.indexOf(id.strip().isEmpty() ? ' ' : id.strip().charAt(0)) < 0;
    row.append(isPlain ? id : "\"" + id.replace("\"", "\"\"") + "\"");
  }

  /**
   * Completes the file and gives it its name. Closing without this leaves no file.
   *
   * @throws IOException if it cannot be written
   */
  public void finish() throws IOException {
    out.flush();
    if (made != null) {
      made.replace();
    }
  }

  /** {@return the file, if there is one} */
  @Override
  public String toString() {
    return made == null ? "WideWriter" : "WideWriter[" + made + "]";
  }

  @Override
  public void close() throws IOException {
    if (made != null) {
      made.close(); // an unfinished file is discarded, its buffered rows included
    } else {
      out.close();
    }
  }
}
