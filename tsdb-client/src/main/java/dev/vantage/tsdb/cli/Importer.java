package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.series.SeriesEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Stores what files hold, batch by batch, and counts. */
final class Importer {
  private static final int BATCH_SERIES = 500;
  private static final long BATCH_BYTES = 8 << 20;
  private static final int BYTES_PER_POINT = 16;
  private static final long LONGEST_BATCH_SECONDS = 30;

  private final Tsdb database;
  private final boolean replace;
  private final Consumer<String> complaints;

  private final List<SeriesEntry> batch = new ArrayList<>();
  private final List<FormatError> places = new ArrayList<>();
  private long batchBytes;

  /** Held while a batch is stored; guards the tally. */
  private final ReentrantLock storing = new ReentrantLock();

  private ImportTally tally = ImportTally.NOTHING;

  /**
   * Begins.
   *
   * @param complaints takes a line for each series or file that is left out
   */
  Importer(Tsdb database, boolean replace, Consumer<String> complaints) {
    this.database = database;
    this.replace = replace;
    this.complaints = complaints;
  }

  /** Takes the series of a file. */
  SeriesSink sink(Path file, FormatOptions options) {
    return new SeriesSink() {
      @Override
      public void accept(SeriesEntry entry, long line) {
        if (options.keeps(file, entry.id())) {
          add(entry, new FormatError(file.toString(), line, ""));
        }
      }

      @Override
      public void reject(FormatError error) {
        refuse(error);
      }
    };
  }

  /** Takes down a row that is no series. */
  void refuse(FormatError error) {
    complaints.accept(error.toString());
    count(new ImportTally(0, 0, 1, 0));
  }

  /** Takes down a file that cannot be read. */
  void unreadable(Path file, String problem) {
    complaints.accept(file + ": file must be readable: problem=" + problem);
    count(new ImportTally(0, 0, 0, 1));
  }

  private void add(SeriesEntry entry, FormatError place) {
    batch.add(entry);
    places.add(place);
    batchBytes += (long) BYTES_PER_POINT * entry.series().size();
    if (batch.size() >= BATCH_SERIES || batchBytes >= BATCH_BYTES) {
      flush();
    }
  }

  /** Stores what is left. */
  void flush() {
    storing.lock();
    try {
      if (!batch.isEmpty()) {
        settle(database.insertAll(batch, replace));
      }
      batch.clear();
      places.clear();
      batchBytes = 0;
    } finally {
      storing.unlock();
    }
  }

  private void settle(List<InsertOutcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      InsertOutcome outcome = outcomes.get(i);
      if (outcome.failure().isEmpty()) {
        boolean created = outcome.created();
        count(new ImportTally(created ? 1 : 0, created ? 0 : 1, 0, 0));
        continue;
      }
      RuntimeException failure = outcome.failure().get();
      if (failure instanceof ConnectionException || failure instanceof UnavailableException) {
        throw failure;
      }
      FormatError place = places.get(i);
      refuse(new FormatError(place.file(), place.line(), ExitCodes.describe(failure)));
    }
  }

  private void count(ImportTally more) {
    storing.lock();
    try {
      tally = tally.plus(more);
    } finally {
      storing.unlock();
    }
  }

  ImportTally tally() {
    storing.lock();
    try {
      return tally;
    } finally {
      storing.unlock();
    }
  }

  /**
   * Lets the batch under way be stored and stores no other: whoever tries waits for the end of the
   * process. For a thread that runs when the process is ending.
   */
  ImportTally stop() {
    try {
      if (!storing.tryLock(LONGEST_BATCH_SECONDS, TimeUnit.SECONDS)) {
        complaints.accept("interrupted while a batch was stored; its outcome is unknown");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return tally;
  }
}
