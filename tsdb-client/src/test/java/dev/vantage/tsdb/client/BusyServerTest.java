package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Echo;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are too busy, for a while or for good. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusyServerTest {
  private static final ClientOptions AT_ONCE =
      ClientOptions.DEFAULT.withRequestTries(5, () -> 0.0).withMaxConnections(1);
  private static final TimeSeries SERIES = TimeSeries.ofValues(1, 2, 3);

  /** The answer to each request, by its number from 1. */
  private interface Answers {
    Optional<Kind> refusal(int number);
  }

  private final AtomicInteger requests = new AtomicInteger();
  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());

  private PlainServer start(Answers answers) throws IOException {
    return PlainServer.start(
        socket -> {
          Optional<byte[]> body = PlainServer.read(socket);
          for (; body.isPresent(); body = PlainServer.read(socket)) {
            answer(socket, Envelope.read(body.get()), answers);
          }
        });
  }

  private void answer(Socket socket, Envelope request, Answers answers) throws IOException {
    Optional<Kind> refusal = answers.refusal(requests.incrementAndGet());
    Response response;
    if (refusal.isPresent()) {
      response = Response.failure(request.echo(), refusal.get(), "rule: test");
    } else {
      String id = request.request() instanceof Insert insert ? insert.entry().id() : "none";
      stored.add(id);
      response = Response.ok(request.echo(), Insert.payload(id, true).toTree());
    }
    PlainServer.write(socket, response.encode());
  }

  private static Optional<Kind> busyUpTo(int last, int number) {
    return number <= last ? Optional.of(Kind.BUSY) : Optional.empty();
  }

  @Test
  void whatIsRefusedIsTriedAgain() throws IOException {
    try (PlainServer server = start(number -> busyUpTo(4, number));
        TsdbClient client = TsdbClient.connect(server.address(), AT_ONCE)) {
      client.insert("a", SERIES);
      assertEquals(List.of("a"), stored);
      assertEquals(5, requests.get());
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void butNotForEver() throws IOException {
    try (PlainServer server = start(number -> Optional.of(Kind.BUSY));
        TsdbClient client = TsdbClient.connect(server.address(), AT_ONCE)) {
      assertThrows(UnavailableException.class, () -> client.insert("a", SERIES));
      assertEquals(5, requests.get());
      assertThrows(UnavailableException.class, client::stats);
      assertEquals(10, requests.get());
    }
  }

  @Test
  void norBeyondTheTimeForTheRequest() throws IOException {
    AtomicInteger pauses = new AtomicInteger();
    ClientOptions options =
        AT_ONCE
            .withRequestTries(
                Integer.MAX_VALUE,
                () -> {
                  pauses.incrementAndGet();
                  return 1;
                })
            .withRequestTimeout(Duration.ofMillis(400));
    try (PlainServer server = start(number -> Optional.of(Kind.BUSY));
        TsdbClient client = TsdbClient.connect(server.address(), options)) {
      assertThrows(UnavailableException.class, client::ping);
      // Of 50, 100 and 200 ms at most; another one of 400 ms would be too long.
      assertEquals(requests.get(), pauses.get());
      assertFalse(requests.get() > 4, () -> "requests=" + requests);
    }
  }

  @Test
  void aWriteOfUnknownOutcomeIsNotTriedAgain() throws IOException {
    try (PlainServer server = start(number -> Optional.of(Kind.OUTCOME_UNKNOWN));
        TsdbClient client = TsdbClient.connect(server.address(), AT_ONCE)) {
      assertThrows(OutcomeUnknownException.class, () -> client.insert("a", SERIES));
      assertThrows(OutcomeUnknownException.class, () -> client.delete("a"));
      assertEquals(2, requests.get());
    }
  }

  @Test
  void ofABatchOnlyWhatWasRefusedIsSentAgain() throws IOException {
    List<SeriesEntry> entries =
        IntStream.range(0, 100).mapToObj(i -> new SeriesEntry("s" + i, SERIES)).toList();
    try (PlainServer server =
            start(number -> number % 3 == 0 ? Optional.of(Kind.BUSY) : Optional.empty());
        TsdbClient client = TsdbClient.connect(server.address(), AT_ONCE)) {
      List<InsertOutcome> outcomes = client.putAll(entries);
      for (int i = 0; i < entries.size(); i++) {
        assertEquals("s" + i, outcomes.get(i).id());
        assertEquals(Optional.empty(), outcomes.get(i).failure());
      }
      assertEquals(100, stored.size());
      assertEquals(100, stored.stream().distinct().count());
    }
  }

  @Test
  void theLastOfSeveralWithOneIdStaysTheLast() throws IOException {
    SeriesEntry entry = new SeriesEntry("a", SERIES);
    try (PlainServer server = start(number -> busyUpTo(1, number));
        TsdbClient client = TsdbClient.connect(server.address(), AT_ONCE)) {
      List<InsertOutcome> outcomes = client.putAll(List.of(entry, entry));
      assertEquals(UnavailableException.class, outcomes.get(0).failure().orElseThrow().getClass());
      assertEquals(Optional.empty(), outcomes.get(1).failure());
      assertEquals(2, requests.get());
    }
  }

  @Test
  void aConnectionThatIsRefusedIsMadeAgain() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    PlainServer.Behavior behavior =
        socket -> {
          if (connections.incrementAndGet() <= 3) {
            PlainServer.write(socket, Response.failure(Echo.NONE, Kind.BUSY, "full").encode());
            socket.shutdownOutput();
            while (PlainServer.read(socket).isPresent()) {
              // Thrown away.
            }
          } else {
            Optional<byte[]> body = PlainServer.read(socket);
            for (; body.isPresent(); body = PlainServer.read(socket)) {
              answer(socket, Envelope.read(body.get()), number -> Optional.empty());
            }
          }
        };
    try (PlainServer server = PlainServer.start(behavior);
        TsdbClient client = TsdbClient.connect(server.address(), AT_ONCE)) {
      client.insert("a", SERIES);
      assertEquals(List.of("a"), stored);
      assertEquals(4, connections.get());
    }
  }
}
