package dev.vantage.tsdb.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InvalidKeyException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.condition.InvalidConditionException;
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
    assertEquals(Status.INVALID_OPERATION, Status.of(new FrameException("")));
    assertEquals(Status.UNAVAILABLE, Status.of(new UnavailableException("")));
    assertEquals(Status.DEADLINE_EXCEEDED, Status.of(new DeadlineExceededException("")));
    assertEquals(Status.UNKNOWN_ERROR, Status.of(new StorageException("")));
    assertEquals(Status.UNKNOWN_ERROR, Status.of(new IllegalArgumentException("")));
    assertEquals(Status.UNKNOWN_ERROR, Status.of(new OutOfMemoryError()));
  }

  @Test
  void aClientGetsBackTheTypeThatTheServerThrew() {
    assertThrownAgain(Op.INSERT, new IdTakenException("id must be new: id=a"));
    assertThrownAgain(Op.GET, new UnknownIdException("id must be stored: id=vantage point"));
    assertThrownAgain(Op.DELETE, new UnknownIdException("id must be stored: id=vantage point"));
    assertThrownAgain(Op.WITH_ID, new UnknownIdException("id must be stored: id=a"));
    assertThrownAgain(
        Op.ADD_VANTAGE_POINT,
        new VantagePointException("series must not be a vantage point already: id=a"));
    assertThrownAgain(
        Op.ADD_VANTAGE_POINT, new VantagePointException("series is a vantage point already: id=a"));
    assertThrownAgain(Op.INSERT, new InvalidSeriesException("times must be phases: first=2"));
    assertThrownAgain(Op.INSERT, new InvalidAttributeException("attribute must be finite: x=1"));
    assertThrownAgain(Op.ADD_ATTRIBUTE, new InvalidAttributeException("name must be one: name=''"));
    assertThrownAgain(Op.ADD_ATTRIBUTE, new ReadOnlyException("database is open for reading only"));
    assertThrownAgain(Op.WITH_TS, new InvalidSeriesException("times must be phases: first=2"));
    assertThrownAgain(Op.WITH_ID, new InvalidRequestException("k must be >= 1: k=0"));
    assertThrownAgain(Op.INSERT, new ReadOnlyException("database is open for reading only"));
    assertThrownAgain(Op.PING, new InvalidOperationException("op must be a string"));
    assertThrownAgain(Op.PING, new UnavailableException("server is shutting down"));
    assertThrownAgain(Op.PING, new DeadlineExceededException("too long"));
    assertThrownAgain(Op.INSERT, new OutcomeUnknownException(OutcomeUnknownException.RULE + ": x"));
    assertThrownAgain(Op.HELLO, new UnauthenticatedException("token must be right"));
  }

  private static void assertThrownAgain(Op op, RuntimeException thrown) {
    RuntimeException again =
        Failures.toException(op, failed(op, Status.of(thrown), thrown.getMessage()));
    assertEquals(thrown.getClass(), again.getClass());
    assertEquals(thrown.getMessage(), again.getMessage());
  }

  @Test
  void aFaultOfTheServerIsAPlainException() {
    RuntimeException again =
        Failures.toException(Op.GET, failed(Op.GET, Status.UNKNOWN_ERROR, "reference=1"));
    assertEquals(TsdbException.class, again.getClass());
    assertEquals("UNKNOWN_ERROR: reference=1", again.getMessage());
  }

  private static Response failed(Op op, Status status, String message) {
    Optional<String> label = Optional.of(op.label());
    return new Response(
        label, status, Payloads.pong(), Optional.of(message), Optional.<String>empty());
  }
}
