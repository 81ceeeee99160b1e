package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Op;
import dev.vantage.tsdb.protocol.Status;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs requests that failed, without the data of any: the server's own faults, failures of the
 * storage, and what clients did wrong, each at most 100 times a second. Thread-safe.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final int LINES_PER_SECOND = 100;

  private final LineBudget faults = new LineBudget(LINES_PER_SECOND, System::nanoTime);
  private final LineBudget failures = new LineBudget(LINES_PER_SECOND, System::nanoTime);
  private final LineBudget refusals = new LineBudget(LINES_PER_SECOND, System::nanoTime);

  void log(Handling handling, Status status, Throwable failure) {
    if (status == Status.UNKNOWN_ERROR) {
      write(Level.ERROR, "request failed", faults, handling, status, failure);
    } else if (isOfStorage(failure)) {
      write(Level.WARN, "request failed", failures, handling, status, failure);
    } else if (status == Status.UNAVAILABLE) {
      // There may be very many of them just when there is least time for it.
      if (LOG.isDebugEnabled()) {
        write(Level.DEBUG, "request refused", refusals, handling, status, failure);
      }
    } else {
      write(Level.INFO, "request refused", refusals, handling, status, failure);
    }
  }

  /** Whether it is the storage that cannot be reached, rather than a server that is too busy. */
  static boolean isOfStorage(Throwable failure) {
    return failure instanceof UnavailableException && failure.getCause() != null;
  }

  private static void write(
      Level level,
      String what,
      LineBudget budget,
      Handling handling,
      Status status,
      Throwable failure) {
    OptionalLong leftOut = budget.tryTake();
    if (leftOut.isEmpty()) {
      return;
    }
    LoggingEventBuilder line =
        LOG.atLevel(level)
            .addKeyValue("op", handling.op().map(Op::label).orElse("none"))
            .addKeyValue("status", status);
    if (handling.peer().isPresent()) {
      line = line.addKeyValue("peer", handling.peer().get());
    }
    if (leftOut.getAsLong() > 0) {
      line = line.addKeyValue("suppressed", leftOut.getAsLong());
    }
    if (level == Level.ERROR) {
      line = line.setCause(failure);
    } else if (level == Level.WARN) {
      line = line.addKeyValue("problem", failure.getMessage());
    }
    line.log(what);
  }
}
