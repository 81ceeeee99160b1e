package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Passes the entries, errors and counts of one file to a sink. Not thread-safe. */
final class Output {
  /** Makes an entry from a row. */
  @FunctionalInterface
  interface EntryMaker {
    MadeSeries make() throws BadRowException;
  }

  private final String file;
  private final SeriesSink sink;
  private final Optional<String> only;
  private final Optional<Windows> windows;
  private final Map<String, Long> dropped = new LinkedHashMap<>();
  private final Map<String, Long> notes = new LinkedHashMap<>();
  private String readAs = "";

  Output(String file, ReadOptions options, SeriesSink sink) {
    this.file = file;
    this.sink = sink;
    this.only = options.text(ReadOption.ONLY);
    this.windows = Windows.of(options);
  }

  /**
   * Passes on a series, or the error if its row is bad, unless another series was asked for.
   *
   * @param id the id of the series; empty if it is unknown
   * @param group its group, or empty
   */
  void offer(SourceLine origin, String id, String group, EntryMaker maker) {
    if (!id.isEmpty() && !mayWant(id, group)) {
      return;
    }
    SeriesEntry entry;
    Optional<Windows.Cut> cut = Optional.empty();
    try {
      MadeSeries made = maker.make();
      entry = made.entry();
      boolean isWanted = isWanted(entry.id(), made.group());
      if (windows.isPresent()) {
        cut = Optional.of(cut(windows.get(), made, isWanted));
      } else if (!isWanted) {
        return;
      }
    } catch (BadRowException
        | InvalidSeriesException
        | InvalidIdException
        | InvalidAttributeException e) {
      reject(origin.number(), e.getMessage(), origin.text(), 1);
      return;
    }
    // Outside of the try: an exception of the sink is not an error of the row.
    if (cut.isPresent()) {
      offerWindows(cut.get(), origin);
    } else {
      sink.accept(entry, origin);
    }
  }

  private Windows.Cut cut(Windows by, MadeSeries made, boolean isWanted) throws BadRowException {
    Windows.Cut cut = by.of(made);
    if (!isWanted) {
      return cut.only(window -> isWanted(window, ""));
    }
    drop("between windows", cut.between());
    drop("after the last whole window", cut.rest());
    return cut;
  }

  private void offerWindows(Windows.Cut cut, SourceLine origin) {
    for (Windows.Window window : cut.windows()) {
      offerWindow(window, origin);
    }
  }

  private void offerWindow(Windows.Window window, SourceLine origin) {
    SeriesEntry entry;
    try {
      entry = window.toEntry();
    } catch (InvalidSeriesException | InvalidIdException | InvalidAttributeException e) {
      reject(origin.number(), "window " + window.row() + ": " + e.getMessage(), origin.text(), 1);
      return;
    }
    sink.accept(entry, new SourceLine(origin.file(), origin.number(), origin.text(), entry.id()));
  }

  /** Says whether a series, or a window of it, may have been asked for. */
  boolean mayWant(String id, String group) {
    return isWanted(id, group)
        || windows.isPresent() && only.filter(one -> one.startsWith(id + "@")).isPresent();
  }

  /** Says whether a series was asked for, by its id or its group. */
  boolean isWanted(String id, String group) {
    return only.isEmpty() || only.get().equals(id) || only.get().equals(group);
  }

  /**
   * Rejects a line.
   *
   * @param series how many series are refused because of it
   */
  void reject(long line, String reason, String text, int series) {
    sink.reject(new FormatError(file, line, reason, text, series));
  }

  /** Rejects a line of a series whose first bad lines have been rejected. */
  void rejectFurther(long line, String reason, String text) {
    sink.rejectFurther(new FormatError(file, line, reason, text, 0));
  }

  /** Passes on the header of the file. */
  void header(long line, String text) {
    sink.began(new SourceLine(file, line, text));
  }

  /** Returns a place in the file. */
  SourceLine at(long line, String text) {
    return new SourceLine(file, line, text);
  }

  /** Counts rows that are left out. */
  void drop(String reason, long rows) {
    if (rows > 0) {
      dropped.merge(reason, rows, Long::sum);
    }
  }

  /** Counts a fact. */
  void note(String fact) {
    notes.merge(fact, 1L, Long::sum);
  }

  /** Says what the file is read as. */
  void readAs(String format) {
    readAs = format;
  }

  /** Passes on the report of the file. */
  void finish() {
    sink.finished(new FileReport(file, readAs, dropped, notes));
  }
}
