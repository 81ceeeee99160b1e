package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.protocol.Echo;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.SetAttributes;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcome of each entry when a server refuses requests or stops within a batch. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchWriteTest {
  private static final ClientOptions OPTIONS =
      ClientOptions.DEFAULT.withRequestTries(5, () -> 0.0).withMaxConnections(1);
  private static final int ENTRIES = 100;

  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger received = new AtomicInteger();

  /** What a server does with a request, by its number, counted from 1 over all connections. */
  private enum Act {
    STORE,
    REFUSE,
    REFUSE_AND_CLOSE,
    CLOSE
  }

  private interface Script {
    Act act(int number);
  }

  private PlainServer start(Kind refusal, boolean withOp, Script script) throws IOException {
    return PlainServer.start(
        socket -> {
          Optional<byte[]> body = PlainServer.read(socket);
          for (; body.isPresent(); body = PlainServer.read(socket)) {
            Envelope request = Envelope.read(body.get());
            Act act = script.act(received.incrementAndGet());
            if (act == Act.STORE) {
              PlainServer.write(
                  socket, Response.ok(request.echo(), store(request.request())).encode());
            } else if (act != Act.CLOSE) {
              Echo answered = withOp ? request.echo() : Echo.NONE;
              PlainServer.write(socket, Response.failure(answered, refusal, "refused").encode());
            }
            if (act == Act.REFUSE_AND_CLOSE || act == Act.CLOSE) {
              lingerUnread(socket);
              return;
            }
          }
        });
  }

  private JsonNode store(Request request) {
    if (request instanceof SetAttributes change) {
      stored.add(change.id());
      return SetAttributes.payload(change.id()).toTree();
    }
    String id = ((Insert) request).entry().id();
    stored.add(id);
    return Insert.payload(id, true).toTree();
  }

  private static void lingerUnread(Socket socket) throws IOException {
    socket.shutdownOutput();
    FrameReader rest = new FrameReader(socket.getInputStream(), Integer.MAX_VALUE - 16);
    while (rest.read().isPresent()) {
      // The request is dropped, as by a server that closes without losing its responses.
    }
  }

  private static List<SeriesEntry> entries() {
    TimeSeries series = TimeSeries.ofValues(1, 2, 3);
    return IntStream.range(0, ENTRIES).mapToObj(i -> new SeriesEntry("s" + i, series)).toList();
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "s" + i).toList();
  }

  private static List<String> storedAsTold(List<InsertOutcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.failure().isEmpty())
        .map(InsertOutcome::id)
        .toList();
  }

  private static RuntimeException failure(List<InsertOutcome> outcomes, int i) {
    return outcomes.get(i).failure().orElseThrow();
  }

  @Test
  void whatWasSentBehindARefusedFrameIsSentAgain() throws IOException {
    try (PlainServer server =
            start(
                Kind.MALFORMED,
                false,
                number -> number % 40 == 11 ? Act.REFUSE_AND_CLOSE : Act.STORE);
        TsdbClient client = TsdbClient.connect(server.address(), OPTIONS)) {
      List<InsertOutcome> outcomes = client.insertAll(entries());
      // The requests 11, 51 and 91; dropped requests are not counted.
      for (int i : List.of(10, 50, 90)) {
        assertEquals(InvalidOperationException.class, failure(outcomes, i).getClass());
      }
      assertEquals(ENTRIES - 3, stored.size());
      assertEquals(storedAsTold(outcomes), stored);
      assertEquals(4, server.accepted());
    }
  }

  @Test
  void aRefusalAfterWhichTheServerGoesOnIsOneAlone() throws IOException {
    try (PlainServer server =
            start(Kind.MALFORMED, false, number -> number == 11 ? Act.REFUSE : Act.STORE);
        TsdbClient client = TsdbClient.connect(server.address(), OPTIONS)) {
      List<InsertOutcome> outcomes = client.insertAll(entries());
      assertEquals(InvalidOperationException.class, failure(outcomes, 10).getClass());
      assertEquals(ENTRIES - 1, stored.size(), "nothing is stored twice");
      assertEquals(storedAsTold(outcomes), stored);
    }
  }

  @Test
  void aServerWithoutRoomForAFrameGetsItAgain() throws IOException {
    try (PlainServer server =
            start(Kind.BUSY, false, number -> number == 11 ? Act.REFUSE_AND_CLOSE : Act.STORE);
        TsdbClient client = TsdbClient.connect(server.address(), OPTIONS)) {
      assertEquals(ids(0, ENTRIES), storedAsTold(client.insertAll(entries())));
      assertEquals(ENTRIES, stored.size());
    }
  }

  @Test
  void whenTheTokenEndsNothingMoreIsDone() throws IOException {
    try (PlainServer server =
            start(
                Kind.UNAUTHENTICATED,
                true,
                number -> number == 11 ? Act.REFUSE_AND_CLOSE : Act.STORE);
        TsdbClient client = TsdbClient.connect(server.address(), OPTIONS)) {
      List<InsertOutcome> outcomes = client.insertAll(entries());
      assertEquals(ids(0, 10), storedAsTold(outcomes));
      for (int i = 10; i < ENTRIES; i++) {
        assertEquals(UnauthenticatedException.class, failure(outcomes, i).getClass());
      }
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void aDeadlineOfTheServerEndsOneEntry() throws IOException {
    try (PlainServer server =
            start(Kind.DEADLINE, true, number -> number == 11 ? Act.REFUSE : Act.STORE);
        TsdbClient client = TsdbClient.connect(server.address(), OPTIONS)) {
      List<InsertOutcome> outcomes = client.insertAll(entries());
      assertEquals(DeadlineExceededException.class, failure(outcomes, 10).getClass());
      assertEquals(ENTRIES - 1, storedAsTold(outcomes).size());
    }
  }

  @Test
  void onlyWhatWasUnderWayIsUnknownWhenAServerRestarts() throws IOException {
    try (PlainServer server =
            start(Kind.INTERNAL, true, number -> number == 11 ? Act.CLOSE : Act.STORE);
        TsdbClient client = TsdbClient.connect(server.address(), OPTIONS)) {
      List<InsertOutcome> outcomes = client.insertAll(entries());
      long unknown = outcomes.stream().filter(BatchWriteTest::isUnknown).count();
      assertTrue(isUnknown(outcomes.get(10)));
      assertTrue(unknown >= 1 && unknown <= 32, () -> "unknown=" + unknown);
      assertEquals(storedAsTold(outcomes), stored);
      assertEquals(ENTRIES, unknown + stored.size());
    }
  }

  @Test
  void changesOfAttributesAreSentAheadToo() throws IOException {
    Map<String, AttributeChanges> changes = new LinkedHashMap<>();
    changes.put("", AttributeChanges.none()); // refused without being sent
    ids(0, ENTRIES)
        .forEach(id -> changes.put(id, AttributeChanges.setting(Attributes.none().with("n", 1))));
    try (PlainServer server =
            start(
                Kind.BUSY,
                true,
                number -> number == 11 ? Act.REFUSE : number == 60 ? Act.CLOSE : Act.STORE);
        TsdbClient client = TsdbClient.connect(server.address(), OPTIONS)) {
      List<AttributeOutcome> outcomes = client.setAttributes(changes);
      assertEquals(
          List.copyOf(changes.keySet()), outcomes.stream().map(AttributeOutcome::id).toList());
      assertEquals(InvalidIdException.class, outcomes.get(0).failure().orElseThrow().getClass());
      Set<String> done = new HashSet<>();
      Set<String> unknown = new HashSet<>();
      for (AttributeOutcome outcome : outcomes.subList(1, outcomes.size())) {
        (outcome.failure().isEmpty() ? done : unknown).add(outcome.id());
        outcome.failure().ifPresent(e -> assertEquals(OutcomeUnknownException.class, e.getClass()));
      }
      assertTrue(done.contains("s10"), "the busy server got it again");
      assertTrue(unknown.size() >= 1 && unknown.size() <= 32, () -> "unknown=" + unknown);
      assertEquals(done, Set.copyOf(stored));
    }
  }

  private static boolean isUnknown(InsertOutcome outcome) {
    return outcome.failure().filter(OutcomeUnknownException.class::isInstance).isPresent();
  }
}
