package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Op;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs failed requests without their data. Thread-safe. Internal errors and failures of the storage
 * get at most 100 lines a second each; errors of clients are limited by {@link ClientLines}.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final int LINES_PER_SECOND = 100;

  private final LineBudget faults;
  private final LineBudget failures;
  private final ClientLines lines;

  FailureLog(ClientLines lines, LongSupplier nanoTime) {
    this.lines = lines;
    this.faults = new LineBudget(LINES_PER_SECOND, nanoTime);
    this.failures = new LineBudget(LINES_PER_SECOND, nanoTime);
  }

  void log(Handling handling, Status status, Throwable failure) {
    if (status == Status.UNKNOWN_ERROR || failure instanceof Error) {
      write(LOG.atError().setCause(failure), faults, handling, status);
    } else if (isOfStorage(failure)) {
      write(LOG.atWarn().addKeyValue("problem", failure.getMessage()), failures, handling, status);
    } else if (status != Status.UNAVAILABLE || LOG.isDebugEnabled()) {
      // An overloaded server refuses too many requests to log each.
      lines
          .of(handling.peer(), LOG.atLevel(status == Status.UNAVAILABLE ? Level.DEBUG : Level.INFO))
          .ifPresent(line -> described(line, handling, status).log("request refused"));
    }
  }

  /** Returns whether the storage is unavailable, as opposed to an overloaded server. */
  static boolean isOfStorage(Throwable failure) {
    return failure instanceof StorageUnavailableException;
  }

  private static void write(
      LoggingEventBuilder line, LineBudget budget, Handling handling, Status status) {
    OptionalLong leftOut = budget.tryTake();
    if (leftOut.isPresent()) {
      LoggingEventBuilder told =
          leftOut.getAsLong() > 0 ? line.addKeyValue("suppressed", leftOut.getAsLong()) : line;
      described(told.addKeyValue("peer", handling.peer()), handling, status).log("request failed");
    }
  }

  private static LoggingEventBuilder described(
      LoggingEventBuilder line, Handling handling, Status status) {
    return line.addKeyValue("op", handling.op().map(Op::label).orElse("none"))
        .addKeyValue("status", status);
  }
}
