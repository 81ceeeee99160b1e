package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FileReport;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores the series of files in a database, in batches, and reports refused series. Not
 * thread-safe, except for reading counts and for {@link #stop}.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // only the importing thread counts
final class ImportSink implements SeriesSink {
  private static final int BATCH_SERIES = 1000;
  private static final int BATCH_POINTS = 1 << 20;

  /**
   * The number of batches passed at once to an embedded database, so that it can overlap their
   * work.
   */
  private static final int EMBEDDED_BATCHES = 8;

  private static final long LONGEST_BATCH_SECONDS = 10;

  /**
   * The origin of a series, which is named if the series is refused.
   *
   * @param filesAfter the number of files after that file
   */
  private record Origin(SourceLine line, int filesAfter) {
    @Override
    public String toString() {
      return line.toString();
    }
  }

  private final Tsdb database;
  private final IfExists ifExists;
  private final PrintWriter err;
  private final ImportCounts counts = new ImportCounts();
  private final ReadNotes notes = new ReadNotes();
  private final RepeatedReasons repeated = new RepeatedReasons();
  private Optional<ImportAttributes> attributes = Optional.empty();
  private Optional<RejectedLines> rejects = Optional.empty();
  private final int batchesAtOnce;
  private final List<SeriesEntry> batch = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();

  /** Held while a batch is stored and counted, and while a line is rejected. */
  private final ReentrantLock storing = new ReentrantLock();

  private String namedFile = "";
  private String fileName = "";
  private Path file = Path.of("");
  private int filesAfter;
  private int points;
  private final Set<String> idsOfFile = new HashSet<>();

  /** How many series are being stored. */
  private volatile int inFlight;

  /** The last series for which the database has returned an outcome. */
  private volatile Optional<Origin> reached = Optional.empty();

  /** Written by the importing thread alone. */
  private volatile long taken;

  private volatile String firstTaken = "";

  ImportSink(Tsdb database, IfExists ifExists, PrintWriter err) {
    this.database = database;
    this.ifExists = ifExists;
    this.err = err;
    batchesAtOnce = database instanceof EmbeddedTsdb ? EMBEDDED_BATCHES : 1;
  }

  /** Sets the source of attributes. To be called before the first series. */
  void complete(ImportAttributes with) {
    attributes = Optional.of(with);
  }

  /** Sets where rejected lines go. To be called before the first series. */
  void rejectTo(RejectedLines lines) {
    rejects = Optional.of(lines);
  }

  void beginFile(Path next, int filesAfterIt) {
    file = next;
    filesAfter = filesAfterIt;
  }

  @Override
  public void accept(SeriesEntry entry, SourceLine line) {
    if (!line.file().equals(namedFile)) {
      namedFile = line.file();
      fileName = nameOf(namedFile);
      idsOfFile.clear();
    }
    // Else the second one would replace the first, or be skipped, as if it had been stored before.
    if (ifExists != IfExists.FAIL && !idsOfFile.add(entry.id())) {
      reject(
          new FormatError(
              line.file(),
              line.number(),
              "id must name one series of a file: id=" + entry.id(),
              line.text(),
              1));
      return;
    }
    batch.add(attributes.map(all -> all.complete(entry, fileName)).orElse(entry));
    // The text of the line is kept only where it may be needed.
    SourceLine kept =
        rejects.isPresent() ? line : new SourceLine(line.file(), line.number(), "", line.window());
    origins.add(new Origin(kept, filesAfter));
    points += entry.series().size();
    if (batch.size() >= batchesAtOnce * BATCH_SERIES || points >= batchesAtOnce * BATCH_POINTS) {
      flush();
    }
  }

  /** Returns the name of a file, or of a member of an archive, without its extension. */
  private String nameOf(String named) {
    String archive = file + "!";
    return FileFormat.nameOf(
        Path.of(named.startsWith(archive) ? named.substring(named.lastIndexOf('!') + 1) : named));
  }

  @Override
  public void reject(FormatError error) {
    storing.lock(); // so that nothing is rejected behind the summary of an import that was stopped
    try {
      counts.addRefused(error.series());
      rejects.ifPresent(lines -> lines.add(error));
      if (repeated.isNew(error.reason())) {
        counts.addReason(error.toString());
        err.println(error);
      }
    } finally {
      storing.unlock();
    }
  }

  @Override
  public void rejectFurther(FormatError error) {
    rejects.ifPresent(lines -> lines.add(error));
  }

  @Override
  public void began(SourceLine header) {
    rejects.ifPresent(lines -> lines.began(header));
  }

  @Override
  public void finished(FileReport report) {
    storing.lock();
    try {
      notes.add(report);
      counts.addDroppedRows(report.droppedRows());
    } finally {
      storing.unlock();
    }
  }

  /** Reports that the rest of the file cannot be read. */
  void unreadable(IOException failure) {
    String problem = Failure.problem(failure);
    boolean isNamed = problem.startsWith(file + ": ") || problem.contains(": file=" + file);
    String report = isNamed ? problem : file + ": " + problem;
    counts.addRefused(1);
    counts.addReason(report);
    err.println(report);
  }

  /** Returns the number of series that were read. Called by the importing thread. */
  long read() {
    return counts.met() + batch.size();
  }

  /** Stores the current batch. */
  void flush() {
    storing.lock();
    try {
      inFlight = batch.size();
      count(stored());
      inFlight = 0;
      reached = origins.isEmpty() ? reached : Optional.of(origins.get(origins.size() - 1));
    } finally {
      storing.unlock();
    }
    batch.clear();
    origins.clear();
    points = 0;
  }

  private List<InsertOutcome> stored() {
    try {
      return ifExists == IfExists.REPLACE ? database.putAll(batch) : database.insertAll(batch);
    } catch (RuntimeException e) {
      counts.addUnknown(batch.size());
      throw e;
    }
  }

  /**
   * Waits until the current batch is stored, and blocks the importing thread before the next one
   * and before the next line that is rejected. Says at once that it waits. The caller then ends the
   * process.
   *
   * @return the summary of stored and missing series
   */
  String stop() {
    boolean isKnown = false;
    int waitedFor = inFlight;
    if (waitedFor > 0) {
      err.println("interrupted; waiting until " + waitedFor + " series are stored");
      err.flush();
    }
    try {
      isKnown = storing.tryLock(LONGEST_BATCH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!isKnown) {
      counts.addUnknown(inFlight);
    }
    closeRejects();
    return unfinished() + (isKnown ? "" : ", but for a batch whose outcome is unknown");
  }

  private void closeRejects() {
    try {
      if (rejects.isPresent()) {
        rejects.get().close();
      }
    } catch (IOException e) {
      err.println("rejected lines must be written: " + Failure.problem(e));
    }
  }

  /** Returns the summary of an import that ended early, with the position from which to resume. */
  String unfinished() {
    return summary()
        + "; the rest must be imported again: after="
        + position()
        + (taken == 0 ? "" : "; " + takenInWords());
  }

  /** Returns the place of the last series whose outcome is known. */
  String position() {
    return reached.map(last -> last + ", files after it=" + last.filesAfter()).orElse("nothing");
  }

  /** Returns the line about taken ids; empty if no id was taken. */
  String takenInWords() {
    return taken == 0
        ? ""
        : taken
            + (taken == 1 ? " id is taken" : " ids are taken")
            + ": use --if-exists skip or replace; first="
            + firstTaken;
  }

  /** Counts and reports all outcomes of a batch, before the import may end. */
  private void count(List<InsertOutcome> outcomes) {
    for (int begin = 0, end; begin < outcomes.size(); begin = end) {
      end = begin + 1;
      String failure = problem(outcomes.get(begin));
      while (!failure.isEmpty()
          && end < outcomes.size()
          && failure.equals(problem(outcomes.get(end)))) {
        end++;
      }
      count(outcomes.get(begin), begin, end);
    }
    outcomes.stream()
        .flatMap(outcome -> outcome.failure().stream())
        .filter(ImportSink::endsImport)
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static String problem(InsertOutcome outcome) {
    return outcome.failure().map(Throwable::getMessage).orElse("");
  }

  /** Returns whether later series would fail in the same way. */
  private static boolean endsImport(RuntimeException failure) {
    return failure instanceof ConnectionException
        || failure instanceof UnavailableException
        || failure instanceof UnauthenticatedException;
  }

  /** Counts and reports consecutive series of a batch that have the same outcome. */
  private void count(InsertOutcome outcome, int begin, int end) {
    if (outcome.failure().isPresent()) {
      countFailure(outcome.failure().get(), begin, end);
    } else if (outcome.created()) {
      counts.addImported();
    } else {
      counts.addReplaced();
    }
  }

  private void countFailure(RuntimeException failure, int begin, int end) {
    int series = end - begin;
    boolean isTaken = failure instanceof IdTakenException;
    if (isTaken && ifExists == IfExists.SKIP) {
      counts.addSkipped(series);
      return;
    }
    if (failure instanceof OutcomeUnknownException) {
      counts.addUnknown(series);
    } else {
      counts.addRefused(series);
    }
    rejects.ifPresent(lines -> addTo(lines, failure, begin, end));
    String report = where(begin, end) + ": " + failure.getMessage();
    if (!isTaken) {
      if (repeated.isNew(failure.getMessage())) {
        counts.addReason(report);
        err.println(report);
      }
      return;
    }
    if (taken == 0) {
      firstTaken = origins.get(begin) + ": " + failure.getMessage();
      counts.addReason(firstTaken);
    }
    taken += series;
  }

  private String where(int begin, int end) {
    Origin first = origins.get(begin);
    int series = end - begin;
    return series == 1
        ? first.toString()
        : first + " to " + origins.get(end - 1) + ", " + series + " series";
  }

  private void addTo(RejectedLines lines, RuntimeException failure, int begin, int end) {
    for (Origin one : origins.subList(begin, end)) {
      SourceLine line = one.line();
      lines.add(new FormatError(line.file(), line.number(), failure.getMessage(), line.text(), 1));
    }
  }

  /** Returns lines about reasons that were not repeated for every series. */
  List<String> repeatedInWords() {
    return repeated.inWords();
  }

  ImportCounts counts() {
    return counts;
  }

  ReadNotes notes() {
    return notes;
  }

  String summary() {
    return counts.inWords();
  }
}
