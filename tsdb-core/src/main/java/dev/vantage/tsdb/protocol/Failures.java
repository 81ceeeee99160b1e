package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import java.util.Optional;

/**
 * Converts the failure in a response back into the exception that an embedded database would have
 * thrown: the reverse of {@link Kind#of}. Thread-safe. The text of the message is not interpreted.
 */
public final class Failures {
  private Failures() {}

  /**
   * Creates the exception of a response.
   *
   * @param response a response whose status is not OK
   * @return the exception to throw: of the type of the response's kind or, if that is missing or
   *     unknown, of the general type of its status
   */
  public static RuntimeException toException(Response response) {
    String message = response.message().orElse(response.status().name());
    if (response.kind().isEmpty()) {
      return general(response.status(), message);
    }
    Kind kind = response.kind().get();
    int column = response.payload().path("column").asInt();
    if (kind == Kind.INVALID_CONDITION && column > 0) {
      return new InvalidConditionException(message, column);
    }
    if (kind == Kind.PROGRAM) {
      return program(response.payload(), message);
    }
    Optional<Rule> rule = Rule.ofLabel(response.payload().path("rule").asText());
    return kind == Kind.INVALID_SELECT && rule.isPresent()
        ? new InvalidSelectException(rule.get(), message)
        : kind.toException(message);
  }

  /**
   * Returns the machine-readable details of a failure.
   *
   * @param failure the exception that refused the request
   * @return {@code {"column":N}} for a condition, in chars from 1; {@code {"rule":"grouping"}} for
   *     a select; {@code {"code","line","column","hint"}} for a program, without hint if none is
   *     known; else JSON null
   */
  public static JsonNode details(Throwable failure) {
    if (failure instanceof ProgramException program) {
      ObjectNode details =
          JsonNodeFactory.instance
              .objectNode()
              .put("code", program.code())
              .put("line", program.line())
              .put("column", program.column());
      program.hint().ifPresent(hint -> details.put("hint", hint));
      return details;
    }
    if (failure instanceof InvalidSelectException select) {
      return JsonNodeFactory.instance.objectNode().put("rule", select.rule().label());
    }
    return failure instanceof InvalidConditionException condition
        ? JsonNodeFactory.instance.objectNode().put("column", condition.column())
        : JsonNodeFactory.instance.nullNode();
  }

  private static ProgramException program(JsonNode details, String message) {
    String code = details.path("code").asText("unknown");
    int line = Math.max(1, details.path("line").asInt());
    int column = Math.max(1, details.path("column").asInt());
    String place = "line " + line + ", column " + column + ": ";
    ProgramException failure =
        ProgramException.of(
            code,
            line,
            column,
            message.startsWith(place) ? message.substring(place.length()) : message);
    return Optional.ofNullable(details.path("hint").textValue())
        .map(failure::withHint)
        .orElse(failure);
  }

  private static RuntimeException general(Status status, String message) {
    return switch (status) {
      case INVALID_KEY -> new InvalidKeyException(message);
      case INVALID_COMPONENT -> new InvalidRequestException(message);
      case INVALID_OPERATION -> new InvalidOperationException(message);
      case UNAVAILABLE -> new UnavailableException(message);
      case UNAUTHENTICATED -> new UnauthenticatedException(message);
      case DEADLINE_EXCEEDED -> new DeadlineExceededException(message);
      default -> new TsdbException(status + ": " + message);
    };
  }
}
