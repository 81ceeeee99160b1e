package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.DatabaseInUseException;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every failure has its kind and the status of the kind, through a real socket. */
class FailureKindsTest {
  private static final int MOST_POINTS = 4;

  /** Which kind a request is answered with, by a database that holds the series "a". */
  private static Map<String, Kind> refusals() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("{\"op\":", Kind.MALFORMED);
    kinds.put("[]", Kind.MALFORMED);
    kinds.put("{}", Kind.MALFORMED);
    kinds.put("{\"op\":7}", Kind.MALFORMED);
    kinds.put("{\"op\":\"fly\"}", Kind.UNKNOWN_OPERATION);
    kinds.put("{\"op\":\"get\"}", Kind.INVALID_ID);
    kinds.put("{\"op\":\"get\",\"id\":\"\"}", Kind.INVALID_ID);
    kinds.put("{\"op\":\"delete\",\"id\":\"none\"}", Kind.UNKNOWN_ID);
    kinds.put("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}", Kind.ID_TAKEN);
    kinds.put("{\"op\":\"add_vantage_point\",\"id\":\"a\"}", Kind.VANTAGE_POINT);
    kinds.put("{\"op\":\"with_id\",\"id\":\"a\",\"k\":0}", Kind.INVALID_FIELD);
    kinds.put("{\"op\":\"with_ts\",\"ts\":[1,2,3],\"k\":\"5\"}", Kind.INVALID_FIELD);
    kinds.put("{\"op\":\"with_ts\",\"ts\":[1,1,1]}", Kind.INVALID_SERIES);
    kinds.put("{\"op\":\"with_ts\",\"ts\":[1,2,3,4,5]}", Kind.TOO_LARGE);
    kinds.put("{\"op\":\"add_attribute\",\"name\":\"\",\"type\":\"long\"}", Kind.INVALID_ATTRIBUTE);
    kinds.put("{\"op\":\"ids\",\"where\":\"n >\"}", Kind.INVALID_CONDITION);
    kinds.put("{\"op\":\"ids\",\"where\":\"n > 1\"}", Kind.INVALID_CONDITION);
    kinds.put("{\"op\":\"select\",\"columns\":[\"bend\"]}", Kind.INVALID_SELECT);
    kinds.put("{\"op\":\"eval\",\"program\":\"(\"}", Kind.PROGRAM);
    kinds.put("{\"op\":\"hello\"}", Kind.UNSUPPORTED);
    return kinds;
  }

  /** The kind of each exception of the database. */
  private static Map<RuntimeException, Kind> failures() {
    Map<RuntimeException, Kind> kinds = new LinkedHashMap<>();
    kinds.put(new IllegalStateException("rule: value"), Kind.INTERNAL);
    kinds.put(new StorageException("rule: value"), Kind.INTERNAL);
    kinds.put(new InvalidLocationException("the server's own place: x"), Kind.INTERNAL);
    kinds.put(new DamagedDatabaseException("rule: value"), Kind.DAMAGED);
    kinds.put(new OutcomeUnknownException("rule: value"), Kind.OUTCOME_UNKNOWN);
    kinds.put(new ReadOnlyException("rule: value"), Kind.READ_ONLY);
    kinds.put(new UnavailableException("rule: value"), Kind.BUSY);
    kinds.put(new DatabaseInUseException("rule: value"), Kind.BUSY);
    kinds.put(new ShuttingDownException("rule: value"), Kind.SHUTTING_DOWN);
    kinds.put(new StorageUnavailableException("rule: value"), Kind.STORAGE);
    kinds.put(new UnauthenticatedException("rule: value"), Kind.UNAUTHENTICATED);
    kinds.put(new DeadlineExceededException("rule: value"), Kind.DEADLINE);
    kinds.put(new InvalidOperationException(Kind.UNSUPPORTED, "rule: value"), Kind.UNSUPPORTED);
    return kinds;
  }

  private final Set<Kind> seen = EnumSet.noneOf(Kind.class);

  @Test
  void everyKindIsSaid() throws IOException {
    ServerOptions options =
        ServerOptions.DEFAULT
            .withPort(0)
            .withLimits(TestServer.WIDE)
            .withRequests(
                RequestLimits.DEFAULT.withSizes(
                    MOST_POINTS, RequestLimits.DEFAULT.maxK(), RequestLimits.DEFAULT.maxIds()));
    Failing database = new Failing();
    try (TsdbServer server = TsdbServer.start(database, options);
        TestClient client = new TestClient(server.port())) {
      client.payload("{\"op\":\"hello\"}");
      client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
      for (Map.Entry<String, Kind> one : refusals().entrySet()) {
        assertKind(one.getValue(), client.ask(one.getKey()));
      }
      for (Map.Entry<RuntimeException, Kind> one : failures().entrySet()) {
        database.failure = one.getKey();
        assertKind(one.getValue(), client.ask("{\"op\":\"get\",\"id\":\"a\"}"));
      }
      client.assertAlive();
      client.send(new byte[] {-1, -1, -1, -1});
      assertKind(Kind.FRAME_TOO_LONG, client.receive());
    }
    assertEquals(EnumSet.allOf(Kind.class), seen);
  }

  @Test
  void aFrameThatIsTooShortIsMalformed() throws IOException {
    try (TsdbServer server = TestServer.start(Databases.empty(), TestServer.WIDE);
        TestClient client = new TestClient(server.port())) {
      client.send(new byte[] {5, 0, 0, 0, '{'});
      assertKind(Kind.MALFORMED, client.receive());
    }
  }

  private void assertKind(Kind kind, JsonNode answer) {
    seen.add(kind);
    assertEquals(kind.label(), answer.path("kind").textValue(), answer::toString);
    assertEquals(kind.status().code(), answer.get("status").intValue());
    assertTrue(answer.hasNonNull("message"), answer::toString);
  }

  private static final class Failing extends ForwardingTsdb {
    private volatile RuntimeException failure;

    Failing() {
      super(Databases.empty());
    }

    @Override
    public SeriesEntry get(String id) {
      throw failure;
    }
  }
}
