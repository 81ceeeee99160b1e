package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.TooManyPointsException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.UnsupportedRequestException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The machine-readable kinds of failure. This enum alone maps kinds to statuses and exceptions:
 * each kind has one status, and one exception type that a client throws.
 */
public enum Kind {
  /** An internal error of the server. */
  INTERNAL(
      Status.UNKNOWN_ERROR,
      TsdbException.class,
      message -> new TsdbException(Status.UNKNOWN_ERROR + ": " + message)),
  /** Stored data is damaged: it differs from the data written. */
  DAMAGED(Status.UNKNOWN_ERROR, DamagedDatabaseException.class, DamagedDatabaseException::new),
  /** It is unknown whether a write is stored. */
  OUTCOME_UNKNOWN(
      Status.UNKNOWN_ERROR, OutcomeUnknownException.class, OutcomeUnknownException::new),

  /** The request is not a JSON object with an operation. */
  MALFORMED,
  /** The operation is unknown. */
  UNKNOWN_OPERATION,
  /** The token or the database does not allow writing. */
  READ_ONLY(Status.INVALID_OPERATION, ReadOnlyException.class, ReadOnlyException::new),
  /** The server, or the distance of its database, does not support the operation. */
  UNSUPPORTED(
      Status.INVALID_OPERATION,
      UnsupportedRequestException.class,
      UnsupportedRequestException::new),
  /** The frame is longer than the server accepts. */
  FRAME_TOO_LONG,

  /** The id is missing or malformed. */
  INVALID_ID(Status.INVALID_KEY, InvalidIdException.class, InvalidIdException::new),
  /** No series has the id. */
  UNKNOWN_ID(Status.INVALID_KEY, UnknownIdException.class, UnknownIdException::new),
  /** Another series has the id. */
  ID_TAKEN(Status.INVALID_KEY, IdTakenException.class, IdTakenException::new),
  /** The series is a vantage point already. */
  VANTAGE_POINT(Status.INVALID_KEY, VantagePointException.class, VantagePointException::new),

  /** Another field is missing, of the wrong type or out of range. */
  INVALID_FIELD(
      Status.INVALID_COMPONENT, InvalidRequestException.class, InvalidRequestException::new),
  /** The points are not a valid series. */
  INVALID_SERIES(
      Status.INVALID_COMPONENT, InvalidSeriesException.class, InvalidSeriesException::new),
  /** An attribute is malformed, or its value has the wrong type. */
  INVALID_ATTRIBUTE(
      Status.INVALID_COMPONENT, InvalidAttributeException.class, InvalidAttributeException::new),
  /** A condition is malformed, or does not fit the attributes. */
  INVALID_CONDITION(
      Status.INVALID_COMPONENT,
      InvalidConditionException.class,
      message -> new InvalidConditionException(message, 1)),
  /** A select breaks a rule, or does not fit the attributes. */
  INVALID_SELECT(
      Status.INVALID_COMPONENT,
      InvalidSelectException.class,
      message -> new InvalidSelectException(InvalidSelectException.Rule.COLUMNS, message)),
  /** The series has too many points. */
  TOO_LARGE(Status.INVALID_COMPONENT, TooManyPointsException.class, TooManyPointsException::new),

  /** A program in the query language failed. */
  PROGRAM(
      Status.PYPE_ERROR,
      ProgramException.class,
      message -> ProgramException.of("unknown", 1, 1, message)),

  /** The server is overloaded. */
  BUSY(Status.UNAVAILABLE, UnavailableException.class, UnavailableException::new),
  /** The server is stopping. */
  SHUTTING_DOWN(Status.UNAVAILABLE, ShuttingDownException.class, ShuttingDownException::new),
  /** The storage is unavailable. */
  STORAGE(Status.UNAVAILABLE, StorageUnavailableException.class, StorageUnavailableException::new),

  /** The token is missing or wrong. */
  UNAUTHENTICATED(
      Status.UNAUTHENTICATED, UnauthenticatedException.class, UnauthenticatedException::new),

  /** The request took longer than allowed. */
  DEADLINE(
      Status.DEADLINE_EXCEEDED, DeadlineExceededException.class, DeadlineExceededException::new);

  private static final Map<Class<?>, Kind> BY_TYPE = byType();

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final Status status;
  private final Class<? extends RuntimeException> type;
  private final Function<String, RuntimeException> maker;

  /** A kind of {@link InvalidOperationException}, which holds its kind. */
  Kind() {
    this.status = Status.INVALID_OPERATION;
    this.type = InvalidOperationException.class;
    this.maker = message -> new InvalidOperationException(this, message);
  }

  <T extends RuntimeException> Kind(Status status, Class<T> type, Function<String, T> maker) {
    this.status = status;
    this.type = type;
    this.maker = maker::apply;
  }

  private static Map<Class<?>, Kind> byType() {
    Map<Class<?>, Kind> kinds = new HashMap<>();
    for (Kind kind : values()) {
      kinds.putIfAbsent(kind.type, kind);
    }
    // Exception types that no response is converted back to.
    kinds.put(InvalidKeyException.class, INVALID_ID);
    kinds.put(InvalidLocationException.class, INVALID_FIELD);
    return kinds;
  }

  /** {@return the word that responses write} */
  public String label() {
    return label;
  }

  /** {@return the status of a response of this kind} */
  public Status status() {
    return status;
  }

  /**
   * Creates the exception of this kind.
   *
   * @param message the message of the server
   * @return the exception, of this kind's type
   */
  RuntimeException toException(String message) {
    return maker.apply(message);
  }

  /**
   * Finds a kind.
   *
   * @param label the kind, exactly as responses write it
   * @return the kind, or empty if this version does not know it
   */
  public static Optional<Kind> ofLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  /**
   * Returns the kind of a failure.
   *
   * @param failure the exception
   * @return the kind of its type; {@link #INTERNAL} for a type without a kind
   */
  public static Kind of(Throwable failure) {
    if (failure instanceof InvalidOperationException refused) {
      return refused.kind();
    }
    if (failure instanceof FrameException frame) {
      return frame.kind();
    }
    for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
      Kind kind = BY_TYPE.get(type);
      if (kind != null) {
        return kind;
      }
    }
    return INTERNAL;
  }
}
