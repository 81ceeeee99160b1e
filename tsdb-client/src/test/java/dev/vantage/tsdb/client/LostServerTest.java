package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.ProtocolException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that stop, restart, do not answer or answer nonsense. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostServerTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(1);
  private static final ClientOptions IMPATIENT =
      ClientOptions.DEFAULT.withRequestTimeout(Duration.ofMillis(200));
  private static final TimeSeries SERIES = TimeSeries.ofValues(1, 2, 3);

  @Test
  void aRestartIsNotNoticedByReads(@TempDir Path directory) throws IOException {
    Path database = directory.resolve("db");
    ServerProcess first = ServerProcess.start(database, SETTINGS);
    try (TsdbClient client = TsdbClient.connect(first.address(), ClientOptions.DEFAULT)) {
      client.insert("a", SERIES);
      first.kill();
      try (ServerProcess second = ServerProcess.start(database, first.port())) {
        assertEquals(List.of("a"), client.ids(IdQuery.first(10)));
        client.insert("b", SERIES);
        assertEquals(first.address(), second.address());
        assertEquals("b", client.search(Query.like("a").nearest(1)).neighbors().get(0).id());
      }
    }
  }

  @Test
  void aWriteAfterARestartIsDoneOrSaysThatThisIsUnknown(@TempDir Path directory)
      throws IOException {
    Path database = directory.resolve("db");
    ServerProcess first = ServerProcess.start(database, SETTINGS);
    try (TsdbClient client = TsdbClient.connect(first.address(), ClientOptions.DEFAULT)) {
      client.ping();
      first.kill();
      try (ServerProcess second = ServerProcess.start(database, first.port())) {
        ConnectionException failure =
            assertThrows(ConnectionException.class, () -> client.insert("a", SERIES));
        assertTrue(failure.getMessage().contains("it is unknown whether the request was executed"));
        assertTrue(failure.getMessage().contains("op=insert, address=" + second.address()));
        client.put(new SeriesEntry("a", SERIES));
        assertEquals(List.of("a"), client.ids(IdQuery.first(10)));
      }
    }
  }

  @Test
  void withoutAServerThereIsNoConnection(@TempDir Path directory) throws IOException {
    ServerProcess server = ServerProcess.start(directory.resolve("db"), SETTINGS);
    try (TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      server.kill();
      assertThrows(ConnectionException.class, () -> client.get("a"));
      assertThrows(ConnectionException.class, () -> client.insert("a", SERIES));
      assertThrows(ConnectionException.class, client::stats);
    }
    ConnectionException failure =
        assertThrows(
            ConnectionException.class,
            () -> TsdbClient.connect(server.address(), ClientOptions.DEFAULT));
    assertTrue(failure.getMessage().startsWith("server must be reachable: address=127.0.0.1:"));
  }

  @Test
  void aBatchThatIsCutOffSaysWhatMayHaveBeenStored() throws IOException {
    AtomicInteger left = new AtomicInteger(5);
    PlainServer.Behavior cut =
        socket -> {
          while (left.getAndDecrement() > 0) {
            answerInsert(socket);
          }
          socket.shutdownOutput();
          while (PlainServer.read(socket).isPresent()) {
            // Closing with requests unread would take back the answers.
          }
        };
    List<SeriesEntry> entries =
        IntStream.range(0, 100).mapToObj(i -> new SeriesEntry("s-" + i, SERIES)).toList();
    try (PlainServer server = PlainServer.start(cut);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      List<InsertOutcome> outcomes = client.insertAll(entries);
      assertEquals(100, outcomes.size());
      assertTrue(outcomes.subList(0, 5).stream().allMatch(InsertOutcome::created));
      for (InsertOutcome outcome : outcomes.subList(5, 100)) {
        RuntimeException failure = outcome.failure().orElseThrow();
        assertEquals(OutcomeUnknownException.class, failure.getClass());
        assertEquals(ConnectionException.class, failure.getCause().getClass());
        assertTrue(failure.getMessage().contains("it is unknown whether the request was executed"));
      }
    }
  }

  private static void answerInsert(Socket socket) throws IOException {
    PlainServer.read(socket).orElseThrow();
    String answer = "{\"status\":0,\"payload\":{\"id\":\"s\",\"created\":true}}";
    PlainServer.write(socket, answer.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void silenceEndsInTimeAndTheNextCallIsServed() throws IOException {
    AtomicBoolean silent = new AtomicBoolean(true);
    PlainServer.Behavior pong = PlainServer.pongAfter(() -> {});
    PlainServer.Behavior behavior =
        socket -> {
          while (silent.get() && PlainServer.read(socket).isPresent()) {
            // Says nothing.
          }
          pong.serve(socket);
        };
    try (PlainServer server = PlainServer.start(behavior);
        TsdbClient client = TsdbClient.connect(server.address(), IMPATIENT)) {
      DeadlineExceededException failure =
          assertThrows(DeadlineExceededException.class, client::ping);
      assertTrue(failure.getMessage().contains("op=ping, timeout=PT0.2S"), failure.getMessage());
      DeadlineExceededException write =
          assertThrows(DeadlineExceededException.class, () -> client.insert("a", SERIES));
      assertTrue(write.getMessage().contains("it is unknown whether the request was executed"));
      for (InsertOutcome outcome : client.putAll(twoEntries())) {
        assertUnknownInTime(outcome);
      }
      silent.set(false);
      client.ping();
      client.ping();
    }
  }

  private static void assertUnknownInTime(InsertOutcome outcome) {
    RuntimeException failure = outcome.failure().orElseThrow();
    assertEquals(OutcomeUnknownException.class, failure.getClass());
    assertEquals(DeadlineExceededException.class, failure.getCause().getClass());
  }

  private static List<SeriesEntry> twoEntries() {
    return List.of(new SeriesEntry("a", SERIES), new SeriesEntry("b", SERIES));
  }

  @Test
  void aServerThatDoesNotEvenReadIsGivenUpInTime() throws IOException {
    double[] values = new double[2_000_000];
    Arrays.setAll(values, i -> i / 7.0);
    TimeSeries large = TimeSeries.ofValues(values);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      try (TsdbClient client = TsdbClient.connect(address, IMPATIENT)) {
        Query query = Query.like("any").nearest(1);
        assertThrows(DeadlineExceededException.class, () -> client.search(query.about(large)));
        assertThrows(DeadlineExceededException.class, () -> client.insert("large", large));
        Tsdb view = client.withTimeout(Duration.ofMillis(100));
        InsertOutcome outcome = view.insertAll(List.of(new SeriesEntry("large", large))).get(0);
        assertUnknownInTime(outcome);
      }
    }
  }

  @Test
  void anAnswerThatTricklesInIsGivenUpInTime() throws IOException {
    PlainServer.Behavior trickle =
        socket -> {
          PlainServer.read(socket);
          socket.getOutputStream().write(new byte[] {0, 0, 0, 4});
          while (true) {
            socket.getOutputStream().write(' '); // until the other side closes
          }
        };
    // Byte by byte, 64 MiB take far longer than the request may, but there is never a pause.
    try (PlainServer server = PlainServer.start(trickle);
        TsdbClient client = TsdbClient.connect(server.address(), IMPATIENT)) {
      assertThrows(DeadlineExceededException.class, client::stats);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "\0\0\0\0", "\6\0\0\0[]", "\6\0\0\0{}"})
  void nonsenseIsNoAnswer(String nonsense) throws IOException {
    PlainServer.Behavior behavior =
        socket -> {
          PlainServer.read(socket);
          socket.getOutputStream().write(nonsense.getBytes(StandardCharsets.US_ASCII));
          PlainServer.read(socket);
        };
    try (PlainServer server = PlainServer.start(behavior);
        TsdbClient client = TsdbClient.connect(server.address(), IMPATIENT)) {
      RuntimeException failure = assertThrows(RuntimeException.class, client::stats);
      assertTrue(
          failure instanceof ConnectionException || failure instanceof ProtocolException,
          failure::toString);
      assertTrue(failure.getMessage().contains(" must "), failure.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7207",
        "localhost",
        ":7207",
        "localhost:",
        "localhost:x",
        "a:0",
        "a:65536",
        "a:-1"
      })
  void anAddressIsHostAndPort(String address) {
    InvalidRequestException failure =
        assertThrows(
            InvalidRequestException.class,
            () -> TsdbClient.connect(address, ClientOptions.DEFAULT));
    assertEquals("server must be HOST:PORT: server=" + address, failure.getMessage());
  }

  @Test
  void aHostThatNobodyKnowsIsNoConnection() {
    ConnectionException failure =
        assertThrows(
            ConnectionException.class,
            () -> TsdbClient.connect("nobody.invalid:7207", ClientOptions.DEFAULT));
    assertTrue(failure.getMessage().contains("nobody.invalid:7207"), failure.getMessage());
  }
}
