package dev.vantage.tsdb.client;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.TsdbException;
import java.io.IOException;

/** A connection failed while it was used, or was closed because time ran out. */
final class BrokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unsent;
  private final boolean expired;

  BrokenException(IOException cause, boolean unsent, boolean expired) {
    super(cause);
    this.unsent = unsent;
    this.expired = expired;
  }

  /** Whether nothing had been sent, so that nothing can have been done. */
  boolean isUnsent() {
    return unsent;
  }

  /**
   * What the caller is told.
   *
   * @param harmless whether what was asked for changes nothing
   */
  TsdbException toException(Deadline deadline, boolean harmless) {
    if (!harmless && !unsent) {
      return new ConnectionException(
          "server must answer before it is known what it did; the outcome is unknown: problem="
              + (expired ? "no answer within " + deadline.allowed() : getCause().getMessage()),
          this);
    }
    if (expired) {
      return new DeadlineExceededException("call must end within " + deadline.allowed());
    }
    return new ConnectionException(
        "connection must last until the answer: problem=" + getCause().getMessage(), this);
  }
}
