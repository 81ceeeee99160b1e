package dev.vantage.tsdb.protocol.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.ReadCosts;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory of requests that are designed to be expensive, compared with the reserved memory. */
class ReadCostsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The bytes allocated by reading any request, and by the first use of a class. */
  private static final long FIXED_BYTES = 2 << 20;

  /** Every token may leave a short string behind, and arrays that grow leave shorter ones. */
  private static final long GARBAGE_PER_BYTE = 32;

  private static final int PARTS = 100_000;
  private static final int LONG = 1_500_000;
  private static final int MAX_POINTS = 50_000;
  private static final long SMALL = 4 << 20;

  /**
   * A request of a megabyte or so.
   *
   * @param most the maximum memory that it may reserve, in bytes
   * @param valid whether the request is valid
   */
  record Shape(String name, String body, long most, boolean valid) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shape> shapes() {
    String members = many(PARTS, i -> "\"k" + i + "\":1");
    String points = many(MAX_POINTS, i -> Integer.toString(i * 7 % 100));
    return Stream.of(
        passedOver("unknown members", "{\"op\":\"ping\"," + members + "}"),
        passedOver("nested members", ping("x", "{\"y\":{" + members + "}}")),
        passedOver("elements", ping("id", "[" + many(PARTS, i -> "[]") + "]")),
        passedOver("nested", ping("where", "[".repeat(PARTS))),
        passedOver("unknown string", ping("x", "\"" + "x".repeat(LONG) + "\"")),
        passedOver("string", ping("where", "\"" + "\u0416".repeat(LONG) + "\"")),
        passedOver("name", "{\"" + "n".repeat(LONG) + "\":1}"),
        passedOver("number", ping("k", "9".repeat(LONG))),
        passedOver("unknown number", ping("x", "9".repeat(LONG))),
        passedOver("fraction", ping("radius", "0." + "9".repeat(LONG))),
        passedOver("exponent", ping("radius", "1e" + "9".repeat(LONG))),
        passedOver("number of ts", ping("ts", "[" + "9".repeat(LONG) + "]")),
        passedOver("lists of ts", ping("ts", "[" + many(PARTS, i -> "[]") + "]")),
        passedOver("strings of ts", ping("ts", "[" + many(PARTS, i -> "\"\"") + "]")),
        new Shape(
            "ids", ping("ids", "[" + many(PARTS, i -> "\"k" + i + "\"") + "]"), 2 * SMALL, true),
        passedOver("one id often", "{" + many(PARTS, i -> "\"id\":\"x\"") + "}"),
        passedOver(
            "one attribute often", ping("attributes", "{" + many(PARTS, i -> "\"k\":1") + "}")),
        new Shape("attributes", ping("attributes", "{" + members + "}"), 2 * SMALL, false),
        new Shape("types", ping("types", "{" + members + "}"), 2 * SMALL, false),
        new Shape("budget", ping("budget", "{" + members + "}"), 2 * SMALL, false),
        new Shape("points", ping("ts", "[" + points + ",1,2]"), 2 * SMALL, false),
        new Shape("values", search("[" + points + "]"), 2 * SMALL, true),
        new Shape("points of time", search("[[" + points + "],[" + points + "]]"), 3 * SMALL, true),
        new Shape("tag", ping("tag", "\"" + "x".repeat(1_000_000) + "\""), 4 * SMALL, true),
        new Shape("label", ping("op", "\"" + "\u0416".repeat(100_000) + "\""), SMALL, false),
        new Shape(
            "all attributes",
            "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2],\"attributes\":{"
                + many(ReadCosts.MAX_MEMBERS, i -> "\"k" + i + "\":\"" + i + "\"")
                + "}}",
            2 * SMALL,
            true));
  }

  private static Shape passedOver(String name, String body) {
    return new Shape(name, body, SMALL, false);
  }

  private static String ping(String field, String value) {
    return "{\"op\":\"ping\",\"" + field + "\":" + value + "}";
  }

  private static String search(String ts) {
    return "{\"op\":\"with_ts\",\"ts\":" + ts + "}";
  }

  private static String many(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void nothingIsKeptThatNoRoomWasTakenFor(Shape shape) {
    Body body = Body.of(shape.body().getBytes(StandardCharsets.UTF_8));
    AtomicLong taken = new AtomicLong();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      Envelope.read(body, op -> MAX_POINTS, taken::addAndGet).request();
    } catch (IllegalArgumentException e) {
      assertFalse(shape.valid(), e::toString);
      assertFalse(e.getMessage().contains("com.") || e.getMessage().length() > 400, e::toString);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated <= taken.get() + GARBAGE_PER_BYTE * body.length() + FIXED_BYTES,
        () -> "allocated=" + allocated + ", taken=" + taken + ", bytes=" + body.length());
    assertTrue(taken.get() <= shape.most(), () -> "taken=" + taken);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whereThereIsNoRoomNothingLargeIsAllocated(Shape shape) {
    Body body = Body.of(shape.body().getBytes(StandardCharsets.UTF_8));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThrows(
        UnavailableException.class,
        () ->
            Envelope.read(
                body,
                op -> MAX_POINTS,
                bytes -> {
                  throw new UnavailableException("full");
                }));
    assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before <= FIXED_BYTES);
  }

  @Test
  void objectsMayHaveAsManyMembersAsAreKeptAndNoMore() {
    for (String field : List.of("attributes", "types")) {
      String insert = "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2],\"" + field + "\":{";
      String most = many(ReadCosts.MAX_MEMBERS, i -> "\"k" + i + "\":\"text\"");
      Envelope.read((insert + most + "}}").getBytes(StandardCharsets.UTF_8)).request();
      Envelope more =
          Envelope.read((insert + most + ",\"x\":1}}").getBytes(StandardCharsets.UTF_8));
      InvalidRequestException e = assertThrows(InvalidRequestException.class, more::request);
      assertEquals(field + " must have at most 10000 members: members>10000", e.getMessage());
    }
  }

  @Test
  void listsMayHaveAsManyElementsAsAreKeptAndNoMore() {
    String curves = "{\"op\":\"curves\",\"ids\":[";
    String most = many(ReadCosts.MAX_MEMBERS, i -> "\"a\"");
    Envelope.read((curves + most + "]}").getBytes(StandardCharsets.UTF_8)).request();
    Envelope more = Envelope.read((curves + most + ",1]}").getBytes(StandardCharsets.UTF_8));
    InvalidRequestException e = assertThrows(InvalidRequestException.class, more::request);
    assertEquals("ids must have at most 10000 elements: elements>10000", e.getMessage());
  }
}
