package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidSeriesException;

/**
 * Turns the failure that a response reports back into the exception that an embedded database would
 * have thrown: the reverse of {@link Status#of}.
 */
public final class Failures {
  private Failures() {}

  /**
   * Makes the exception.
   *
   * @param op the operation that was asked for, by a client that checks its requests first
   * @param response a response whose status is not OK
   * @return the exception to throw
   */
  public static RuntimeException toException(Op op, Response response) {
    String message = response.message().orElse(response.status().name());
    return switch (response.status()) {
      case INVALID_KEY -> invalidKey(op, message);
      case INVALID_COMPONENT -> invalidComponent(op, message);
      case INVALID_OPERATION ->
          op.writes() && response.op().isPresent()
              ? new ReadOnlyException(message)
              : new InvalidOperationException(message);
      case UNAVAILABLE -> new UnavailableException(message);
      case UNAUTHENTICATED -> new UnauthenticatedException(message);
      case DEADLINE_EXCEEDED -> new DeadlineExceededException(message);
      case UNKNOWN_ERROR ->
          message.startsWith(OutcomeUnknownException.RULE)
              ? new OutcomeUnknownException(message)
              : new TsdbException(response.status() + ": " + message);
      default -> new TsdbException(response.status() + ": " + message);
    };
  }

  private static RuntimeException invalidComponent(Op op, String message) {
    return switch (op) {
      case INSERT ->
          rule(message).startsWith("attribute ")
              ? new InvalidAttributeException(message)
              : new InvalidSeriesException(message);
      case WITH_TS -> new InvalidSeriesException(message);
      case ADD_ATTRIBUTE -> new InvalidAttributeException(message);
      default -> new InvalidRequestException(message);
    };
  }

  /** What comes before the first colon is the server's own wording; values follow it. */
  private static String rule(String message) {
    return message.split(":", 2)[0];
  }

  private static RuntimeException invalidKey(Op op, String message) {
    if (op == Op.INSERT) {
      return new IdTakenException(message);
    }
    if (op.writes() && rule(message).contains("vantage point")) {
      return new VantagePointException(message);
    }
    return switch (op) {
      case GET, WITH_ID, DELETE, ADD_VANTAGE_POINT -> new UnknownIdException(message);
      default -> new InvalidKeyException(message);
    };
  }
}
