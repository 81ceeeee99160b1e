package dev.vantage.tsdb.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a reader did with a file, beside its series and errors. Immutable.
 *
 * @param file the file, as named to the reader, with the member of an archive
 * @param readAs the format and the columns that were read, such as {@code columns (time, value)};
 *     empty if the file could not be read
 * @param dropped how many rows were left out, by reason
 * @param notes further facts, such as how many series were folded by which periods, and how often
 */
public record FileReport(
    String file, String readAs, Map<String, Long> dropped, Map<String, Long> notes) {
  /**
   * Creates a report.
   *
   * @param file the file
   * @param readAs the format and the columns
   * @param dropped how many rows were left out, by reason; copied
   * @param notes further facts and how often they occurred; copied
   */
  public FileReport {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(readAs, "readAs");
    Objects.requireNonNull(dropped, "dropped");
    Objects.requireNonNull(notes, "notes");
    dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /** {@return how many rows were left out} */
  public long droppedRows() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
