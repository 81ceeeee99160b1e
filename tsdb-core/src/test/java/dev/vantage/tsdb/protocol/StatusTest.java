package dev.vantage.tsdb.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.TooManyPointsException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
  @Test
  void codesAreThoseOfTheTable() {
    List<Status> inOrder =
        List.of(
            Status.OK,
            Status.UNKNOWN_ERROR,
            Status.INVALID_OPERATION,
            Status.INVALID_KEY,
            Status.INVALID_COMPONENT,
            Status.PYPE_ERROR,
            Status.UNAVAILABLE,
            Status.UNAUTHENTICATED,
            Status.DEADLINE_EXCEEDED);
    for (int code = 0; code < inOrder.size(); code++) {
      assertEquals(code, inOrder.get(code).code());
      assertEquals(inOrder.get(code), Status.ofCode(code));
    }
    assertEquals(inOrder.size(), Status.values().length);
  }

  @ParameterizedTest
  @EnumSource
  void textIsTheNumberRightAlignedInThree(Status status) {
    byte[] expected = ("  " + status.code()).getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(expected, status.encode());
    assertEquals(status, Status.fromBytes(status.encode()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", " 0", "   0", "0  ", " 0 ", "  9", " 10", "999", " -1", "  a"})
  void otherTextsAreRefused(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThrows(IllegalArgumentException.class, () -> Status.fromBytes(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9, Integer.MAX_VALUE})
  void otherCodesAreRefused(int code) {
    assertThrows(IllegalArgumentException.class, () -> Status.ofCode(code));
  }

  @Test
  void everyExceptionOfTheDoorHasItsStatus() {
    assertEquals(Status.INVALID_KEY, Status.of(new InvalidIdException("")));
    assertEquals(Status.INVALID_KEY, Status.of(new InvalidKeyException("")));
    assertEquals(Status.INVALID_KEY, Status.of(new UnknownIdException("")));
    assertEquals(Status.INVALID_KEY, Status.of(new IdTakenException("")));
    assertEquals(Status.INVALID_KEY, Status.of(new VantagePointException("")));
    assertEquals(Status.INVALID_COMPONENT, Status.of(new InvalidSeriesException("")));
    assertEquals(Status.INVALID_COMPONENT, Status.of(new InvalidAttributeException("")));
    assertEquals(Status.INVALID_COMPONENT, Status.of(new InvalidRequestException("")));
    assertEquals(Status.INVALID_COMPONENT, Status.of(new InvalidConditionException("", 1)));
    assertEquals(Status.INVALID_OPERATION, Status.of(new InvalidOperationException("")));
    assertEquals(Status.INVALID_OPERATION, Status.of(new ReadOnlyException("")));
    assertEquals(Status.INVALID_OPERATION, Status.of(new FrameException(Kind.FRAME_TOO_LONG, "")));
    assertEquals(Status.UNAVAILABLE, Status.of(new UnavailableException("")));
    assertEquals(Status.DEADLINE_EXCEEDED, Status.of(new DeadlineExceededException("")));
    assertEquals(Status.UNKNOWN_ERROR, Status.of(new StorageException("")));
    assertEquals(Status.UNKNOWN_ERROR, Status.of(new IllegalArgumentException("")));
    assertEquals(Status.UNKNOWN_ERROR, Status.of(new OutOfMemoryError()));
  }

  @Test
  void aClientGetsBackTheTypeThatTheServerThrew() {
    assertThrownAgain(new DamagedDatabaseException("series must match its checksum: id=a"));
    assertThrownAgain(new OutcomeUnknownException("any words: x"));
    assertThrownAgain(new InvalidOperationException("op must be a string: op=none"));
    assertThrownAgain(new ReadOnlyException("database is open for reading only"));
    assertThrownAgain(new InvalidIdException("id must be given: id=none"));
    assertThrownAgain(new UnknownIdException("id must be stored: id=vantage point"));
    assertThrownAgain(new IdTakenException("id must be new: id=a"));
    assertThrownAgain(new VantagePointException("any words: id=a"));
    assertThrownAgain(new InvalidRequestException("k must be >= 1: k=0"));
    assertThrownAgain(new InvalidSeriesException("attribute of a series: first=2"));
    assertThrownAgain(new InvalidAttributeException("value must be finite: x=1"));
    assertThrownAgain(new InvalidSelectException(Rule.COLUMNS, "rule: value"));
    assertThrownAgain(new TooManyPointsException("points must be at most 2: points=3"));
    assertThrownAgain(new UnavailableException("try again"));
    assertThrownAgain(new ShuttingDownException("try again"));
    assertThrownAgain(new StorageUnavailableException("try again"));
    assertThrownAgain(new UnauthenticatedException("token must be right"));
    assertThrownAgain(new DeadlineExceededException("too long"));
  }

  private static void assertThrownAgain(RuntimeException thrown) {
    RuntimeException again = sent(Kind.of(thrown), thrown.getMessage());
    assertEquals(thrown.getClass(), again.getClass());
    assertEquals(thrown.getMessage(), again.getMessage());
    assertEquals(Kind.of(thrown), Kind.of(again));
  }

  @Test
  void everyKindComesBackAsItself() {
    for (Kind kind : Kind.values()) {
      RuntimeException again = sent(kind, "rule: value");
      assertEquals(kind, Kind.of(again));
      assertEquals(kind.status(), Status.of(again));
      assertEquals(Optional.of(kind), Kind.ofLabel(kind.label()));
    }
  }

  @Test
  void aConditionKeepsItsColumn() {
    JsonNode details = Failures.details(new InvalidConditionException("rule", 7));
    Response response = Response.failure(Echo.NONE, Kind.INVALID_CONDITION, details, "rule");
    RuntimeException again = Failures.toException(Response.decode(response.encode()));
    assertEquals(7, ((InvalidConditionException) again).column());
  }

  @Test
  void aSelectKeepsItsRule() {
    for (Rule rule : Rule.values()) {
      JsonNode details = Failures.details(new InvalidSelectException(rule, "words"));
      Response response = Response.failure(Echo.NONE, Kind.INVALID_SELECT, details, "words");
      RuntimeException again = Failures.toException(Response.decode(response.encode()));
      assertEquals(rule, ((InvalidSelectException) again).rule());
      assertEquals("words", again.getMessage());
    }
  }

  @Test
  void aFaultOfTheServerIsAPlainException() {
    RuntimeException again = sent(Kind.INTERNAL, "reference=1");
    assertEquals(TsdbException.class, again.getClass());
    assertEquals("UNKNOWN_ERROR: reference=1", again.getMessage());
  }

  /** Responses of older servers, or of newer ones with an unknown kind. */
  @ParameterizedTest
  @ValueSource(strings = {"", ",\"kind\":\"job-state\"", ",\"kind\":\"unserved\"", ",\"kind\":7"})
  void withoutAKnownKindTheStatusDecides(String kind) {
    List<Class<?>> types =
        List.of(
            TsdbException.class,
            InvalidOperationException.class,
            InvalidKeyException.class,
            InvalidRequestException.class,
            TsdbException.class,
            UnavailableException.class,
            UnauthenticatedException.class,
            DeadlineExceededException.class);
    for (int code = 1; code <= types.size(); code++) {
      String body =
          "{\"op\":\"insert\",\"status\":%d,\"payload\":null,\"message\":\"%s\"%s}"
              .formatted(code, "vantage point", kind);
      RuntimeException again =
          Failures.toException(Response.decode(body.getBytes(StandardCharsets.UTF_8)));
      assertEquals(types.get(code - 1), again.getClass());
    }
  }

  private static RuntimeException sent(Kind kind, String message) {
    byte[] body = Response.failure(Echo.NONE, kind, message).encode();
    return Failures.toException(Response.decode(body));
  }
}
