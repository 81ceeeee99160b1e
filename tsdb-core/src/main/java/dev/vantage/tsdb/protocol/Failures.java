package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
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
      case INVALID_COMPONENT ->
          op == Op.INSERT || op == Op.WITH_TS
              ? new InvalidSeriesException(message)
              : new InvalidRequestException(message);
      case INVALID_OPERATION ->
          writes(op) && response.op().isPresent()
              ? new ReadOnlyException(message)
              : new InvalidOperationException(message);
      case UNAVAILABLE -> new UnavailableException(message);
      case DEADLINE_EXCEEDED -> new DeadlineExceededException(message);
      default -> new TsdbException(response.status() + ": " + message);
    };
  }

  private static RuntimeException invalidKey(Op op, String message) {
    if (op == Op.INSERT) {
      return new IdTakenException(message);
    }
    // Only the rule, before the first colon, is the server's own wording; values follow it.
    String rule = message.split(":", 2)[0];
    if (writes(op) && rule.contains("vantage point")) {
      return new VantagePointException(message);
    }
    return switch (op) {
      case GET, WITH_ID, DELETE, ADD_VANTAGE_POINT -> new UnknownIdException(message);
      default -> new InvalidKeyException(message);
    };
  }

  private static boolean writes(Op op) {
    return op == Op.INSERT || op == Op.DELETE || op == Op.ADD_VANTAGE_POINT;
  }
}
