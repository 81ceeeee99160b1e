package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Op;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs requests that failed, without the data of any: the server's own faults and failures of the
 * storage, each at most 100 times a second, and what clients did wrong, as {@link ClientLines} has
 * room for it. Thread-safe.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final int LINES_PER_SECOND = 100;

  private final LineBudget faults = new LineBudget(LINES_PER_SECOND, System::nanoTime);
  private final LineBudget failures = new LineBudget(LINES_PER_SECOND, System::nanoTime);
  private final ClientLines lines;

  FailureLog(ClientLines lines) {
    this.lines = lines;
  }

  void log(Handling handling, Status status, Throwable failure) {
    if (status == Status.UNKNOWN_ERROR || failure instanceof Error) {
      write(LOG.atError().setCause(failure), faults, handling, status);
    } else if (isOfStorage(failure)) {
      write(LOG.atWarn().addKeyValue("problem", failure.getMessage()), failures, handling, status);
    } else if (status != Status.UNAVAILABLE || LOG.isDebugEnabled()) {
      // Of a busy server there may be very many just when there is least time for it.
      lines
          .of(handling.peer(), LOG.atLevel(status == Status.UNAVAILABLE ? Level.DEBUG : Level.INFO))
          .ifPresent(line -> described(line, handling, status).log("request refused"));
    }
  }

  /** Whether it is the storage that cannot be reached, rather than a server that is too busy. */
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
