package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import dev.vantage.tsdb.protocol.op.WithId;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many searches in one call, on one connection, whatever becomes of it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelinedSearchTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withVantagePoints(4);
  private static final Query QUERY = Query.like("any").nearest(1);
  private static final SearchReport REPORT =
      new SearchReport.Builder().candidates(1).visited(1).exactDistances(1).exact();

  @Test
  void hundredsOfSearchesFindWhatAScanFinds(@TempDir Path directory) throws IOException {
    long seed = Seeds.seed("pipelined searches");
    RandomSeries series = new RandomSeries(seed, 64);
    ScanModel model = new ScanModel(SETTINGS);
    List<SeriesEntry> entries = new ArrayList<>();
    List<TimeSeries> uploaded = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      entries.add(new SeriesEntry("s-" + i, series.next()));
      model.put("s-" + i, entries.get(i).series());
      uploaded.add(series.next());
    }
    List<String> ids = entries.stream().map(SeriesEntry::id).toList();
    try (ServerProcess server = ServerProcess.start(directory.resolve("db"), SETTINGS);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      client.insertAll(entries);
      // The answers to the second are far longer than the requests.
      for (Query query : List.of(Query.like("any").nearest(3), Query.like("any").within(2))) {
        assertEquals(
            ids.stream().map(id -> model.similar(id, query)).toList(),
            client.searchAll(ids.stream().map(query::about).toList()).stream()
                .map(SearchResult::neighbors)
                .toList());
        assertEquals(
            uploaded.stream().map(sought -> model.similar(sought, query)).toList(),
            client.searchAll(uploaded.stream().map(query::about).toList()).stream()
                .map(SearchResult::neighbors)
                .toList());
      }
      for (SearchResult result :
          client.searchAll(
              ids.stream()
                  .map(
                      (Query.like("any").nearest(50).withBudget(Budget.ofExactDistances(20)))
                          ::about)
                  .toList())) {
        SearchReport report = result.report();
        assertEquals(20, report.exactDistances());
        assertEquals(399, 20 + report.totalPruned() + report.unexamined());
        assertFalse(report.exact());
        assertTrue(report.completeWithin() < 2, report::toString);
      }
      List<String> oneUnknown = new ArrayList<>(ids);
      oneUnknown.set(300, "nobody");
      oneUnknown.set(310, "nothing");
      UnknownIdException unknown =
          assertThrows(
              UnknownIdException.class,
              () -> client.searchAll(oneUnknown.stream().map(QUERY::about).toList()));
      assertEquals("no series has this id: id=nobody", unknown.getMessage());
      assertEquals(entries.get(0), client.get("s-0"));
    }
  }

  @Test
  void afterARefusalTheConnectionIsGoodForMore() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (PlainServer server = PlainServer.start(socket -> answerAll(socket, asked, 1));
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      List<String> ids = new ArrayList<>(Collections.nCopies(1000, "a"));
      ids.set(3, "nobody");
      assertThrows(
          UnknownIdException.class,
          () -> client.searchAll(ids.stream().map(QUERY::about).toList()));
      assertTrue(asked.size() < 100, () -> "asked for nothing: " + asked.size());
      int before = asked.size();
      assertEquals(
          2, client.searchAll(List.of("b", "c").stream().map(QUERY::about).toList()).size());
      assertEquals(List.of("b", "c"), asked.subList(before, asked.size()));
      assertEquals(1, server.accepted());
    }
  }

  /** Answers searches by id with an id of a given length, and refuses the id "nobody". */
  private static void answerAll(Socket socket, List<String> asked, int length) throws IOException {
    for (Optional<byte[]> body = PlainServer.read(socket);
        body.isPresent();
        body = PlainServer.read(socket)) {
      answer(socket, body.get(), asked, length);
    }
  }

  private static void answer(Socket socket, byte[] body, List<String> asked, int length)
      throws IOException {
    Envelope envelope = Envelope.read(body);
    String id =
        envelope.request() instanceof WithId search
            ? search.query().id().orElseThrow()
            : "uploaded";
    asked.add(id);
    Neighbor neighbor = new Neighbor(id + "-" + "x".repeat(length), 0.5, 0);
    Response response =
        id.equals("nobody")
            ? Response.failure(envelope.echo(), Kind.UNKNOWN_ID, "no series has this id")
            : Response.ok(
                envelope.echo(),
                SearchAnswer.payload(new SearchResult(List.of(neighbor), REPORT), true).toTree());
    PlainServer.write(socket, response.encode());
  }

  @Test
  void aConnectionThatBreaksIsReplacedAndOnlyTheRestIsAskedAgain() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    AtomicBoolean breaks = new AtomicBoolean(true);
    PlainServer.Behavior behavior =
        socket -> {
          if (breaks.getAndSet(false)) {
            for (int i = 0; i < 5; i++) {
              answer(socket, PlainServer.read(socket).orElseThrow(), asked, 1);
            }
            socket.shutdownOutput();
            while (PlainServer.read(socket).isPresent()) {
              // Closing with requests unread would take back the answers.
            }
          } else {
            answerAll(socket, asked, 1);
          }
        };
    List<String> ids = IntStream.range(0, 100).mapToObj(i -> "s-" + i).toList();
    try (PlainServer server = PlainServer.start(behavior);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      List<SearchResult> results = client.searchAll(ids.stream().map(QUERY::about).toList());
      assertEquals(
          ids.stream().map(id -> id + "-x").toList(),
          results.stream().map(result -> result.neighbors().get(0).id()).toList());
      assertEquals(ids, asked);
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void aServerThatBreaksEveryConnectionIsGivenUp() throws IOException {
    try (PlainServer server = PlainServer.start(PlainServer::read);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      ConnectionException failure =
          assertThrows(
              ConnectionException.class,
              () -> client.searchAll(List.of("a", "b").stream().map(QUERY::about).toList()));
      assertTrue(failure.getMessage().contains("op=with_id"), failure.getMessage());
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void silenceEndsTheCallInTime() throws IOException {
    PlainServer.Behavior silent =
        socket -> {
          while (PlainServer.read(socket).isPresent()) {
            // Says nothing.
          }
        };
    ClientOptions impatient = ClientOptions.DEFAULT.withRequestTimeout(Duration.ofMillis(200));
    try (PlainServer server = PlainServer.start(silent);
        TsdbClient client = TsdbClient.connect(server.address(), impatient)) {
      assertThrows(
          DeadlineExceededException.class,
          () -> client.searchAll(List.of("a", "b").stream().map(QUERY::about).toList()));
    }
  }

  /** More than all buffers of a connection hold, in both directions at once. */
  @Test
  void longRequestsWithLongResponsesDoNotWaitForEachOther() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    double[] values = new Random(1).doubles(100_000).toArray();
    List<TimeSeries> series = Collections.nCopies(12, TimeSeries.ofValues(values));
    PlainServer.Behavior talkative = socket -> answerAll(socket, asked, 16 << 20);
    ClientOptions patient = ClientOptions.DEFAULT.withRequestTimeout(Duration.ofSeconds(60));
    try (PlainServer server = PlainServer.start(talkative);
        TsdbClient client = TsdbClient.connect(server.address(), patient)) {
      assertEquals(12, client.searchAll(series.stream().map(QUERY::about).toList()).size());
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void noSearchesNeedNoServer() throws IOException {
    PlainServer server = PlainServer.start(socket -> {});
    try (TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      server.close();
      assertEquals(List.of(), client.searchAll(List.of()));
    }
  }
}
