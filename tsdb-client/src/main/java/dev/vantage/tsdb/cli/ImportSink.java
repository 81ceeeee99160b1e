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
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** The maximum number of taken ids that are reported one by one. */
  private static final int MOST_TAKEN_NAMED = 10;

  /**
   * The origin of a series, which is named if the series is refused.
   *
   * @param filesAfter the number of files after that file
   */
  private record Origin(Path file, long line, int filesAfter) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  private final Tsdb database;
  private final boolean replace;
  private final Optional<String> only;
  private final PrintWriter err;
  private Optional<ImportAttributes> attributes = Optional.empty();
  private final int batchesAtOnce;
  private final List<SeriesEntry> batch = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();

  /** Held while a batch is stored and counted. */
  private final ReentrantLock storing = new ReentrantLock();

  private Path file = Path.of("");
  private int filesAfter;
  private int points;

  /** The last series for which the database has returned an outcome. */
  private volatile Optional<Origin> reached = Optional.empty();

  private volatile long imported;
  private volatile long replaced;
  private volatile long refused;
  private volatile long taken;
  private volatile long unknown;

  ImportSink(Tsdb database, boolean replace, Optional<String> only, PrintWriter err) {
    this.database = database;
    this.replace = replace;
    this.only = only;
    this.err = err;
    batchesAtOnce = database instanceof EmbeddedTsdb ? EMBEDDED_BATCHES : 1;
  }

  /** Sets the source of attributes. To be called before the first series. */
  void complete(ImportAttributes with) {
    attributes = Optional.of(with);
  }

  void beginFile(Path next, int filesAfterIt) {
    file = next;
    filesAfter = filesAfterIt;
  }

  @Override
  public void accept(SeriesEntry entry, long line) {
    if (only.isPresent() && !entry.id().equals(FileFormat.nameOf(file) + "_" + only.get())) {
      return;
    }
    batch.add(attributes.map(all -> all.complete(entry, FileFormat.nameOf(file))).orElse(entry));
    origins.add(new Origin(file, line, filesAfter));
    points += entry.series().size();
    if (batch.size() >= batchesAtOnce * BATCH_SERIES || points >= batchesAtOnce * BATCH_POINTS) {
      flush();
    }
  }

  @Override
  public void reject(FormatError error) {
    refuse(error.toString());
  }

  /** Reports that the rest of the file cannot be read. */
  void unreadable(IOException failure) {
    refuse(file + ": " + Failure.problem(failure));
  }

  /** Stores the current batch. */
  void flush() {
    storing.lock();
    try {
      List<InsertOutcome> outcomes = replace ? database.putAll(batch) : database.insertAll(batch);
      count(outcomes);
      reached = origins.isEmpty() ? reached : Optional.of(origins.get(origins.size() - 1));
    } finally {
      storing.unlock();
    }
    batch.clear();
    origins.clear();
    points = 0;
  }

  /**
   * Waits until the current batch is stored, and blocks the importing thread before the next one.
   * The caller then ends the process.
   *
   * @return the summary of stored and missing series
   */
  String stop() {
    try {
      if (!storing.tryLock(LONGEST_BATCH_SECONDS, TimeUnit.SECONDS)) {
        return unfinished() + ", but for a batch whose outcome is unknown";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return unfinished();
  }

  /** Returns the summary of an import that ended early, with the position from which to resume. */
  String unfinished() {
    String rest =
        reached.map(last -> last + ", files after it=" + last.filesAfter()).orElse("nothing");
    return summary() + "; the rest must be imported again: after=" + rest + takenHint();
  }

  /** Returns the hint at {@code --replace}; empty if no id was taken. */
  String takenHint() {
    return taken == 0
        ? ""
        : ", ids taken=" + taken + "; hint: these series are unchanged, --replace replaces them";
  }

  /** Reports the number of taken ids beyond the ones reported one by one. */
  void tellTaken() {
    if (taken > MOST_TAKEN_NAMED) {
      err.println("more ids are taken: series=" + (taken - MOST_TAKEN_NAMED));
    }
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
    int series = end - begin;
    if (outcome.failure().isPresent()) {
      Origin first = origins.get(begin);
      Origin last = origins.get(end - 1);
      String where =
          series == 1 ? first.toString() : first + " to " + last + ", " + series + " series";
      if (outcome.failure().get() instanceof IdTakenException) {
        taken += series;
      }
      if (!(outcome.failure().get() instanceof IdTakenException) || taken <= MOST_TAKEN_NAMED) {
        err.println(where + ": " + outcome.failure().get().getMessage());
      }
      if (outcome.failure().get() instanceof OutcomeUnknownException) {
        unknown += series;
      } else {
        refused += series;
      }
    } else if (outcome.created()) {
      imported++;
    } else {
      replaced++;
    }
  }

  private void refuse(String report) {
    refused++;
    err.println(report);
  }

  long unknown() {
    return unknown;
  }

  long imported() {
    return imported;
  }

  long replaced() {
    return replaced;
  }

  long refused() {
    return refused;
  }

  String summary() {
    String known = "imported " + imported + ", replaced " + replaced + ", refused " + refused;
    return unknown == 0 ? known : known + ", of unknown outcome " + unknown;
  }
}
