package dev.vantage.tsdb.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.filter.Condition;
import dev.vantage.tsdb.filter.InvalidConditionException;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Op;
import dev.vantage.tsdb.protocol.PayloadReader;
import dev.vantage.tsdb.protocol.Request;
import dev.vantage.tsdb.protocol.Requests;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A database behind a server. Thread-safe: calls from several threads use several connections, up
 * to {@link ClientOptions#maxConnections}.
 *
 * <p>A call that finds its connection broken is made again on a new one, once, if it only reads. A
 * write is not: whether it was done is unknown then, and {@link ConnectionException} says so. A
 * write by {@link #put} or {@link #delete} may safely be tried again.
 *
 * <p>Every method throws {@link ConnectionException} if the server cannot be reached, and {@link
 * DeadlineExceededException} if it does not answer in time. A server that wants a token and has
 * none from {@link ClientOptions#security}, or no longer takes it, makes every method throw {@link
 * dev.vantage.tsdb.UnauthenticatedException}.
 */
public final class TsdbClient implements Tsdb {
  private static final int IDS_PER_REQUEST = 10_000;

  private final ConnectionPool pool;
  private final Duration timeout;
  private final boolean ownsPool;

  private TsdbClient(ConnectionPool pool, Duration timeout, boolean ownsPool) {
    this.pool = pool;
    this.timeout = timeout;
    this.ownsPool = ownsPool;
  }

  /**
   * Connects to a server.
   *
   * @param hostAndPort for example {@code 127.0.0.1:7207} or {@code [::1]:7207}
   * @param options how to behave
   * @return the client
   * @throws InvalidRequestException if the text is no host and port
   * @throws ConnectionException if the server cannot be reached, or cannot prove who it is
   * @throws dev.vantage.tsdb.UnauthenticatedException if it does not take the token
   */
  public static TsdbClient connect(String hostAndPort, ClientOptions options) {
    return connect(HostAndPort.parse(hostAndPort), options);
  }

  /**
   * Connects to a server.
   *
   * @param address where it listens
   * @param options how to behave
   * @return the client
   * @throws ConnectionException if the server cannot be reached, or cannot prove who it is
   * @throws dev.vantage.tsdb.UnauthenticatedException if it does not take the token
   */
  public static TsdbClient connect(InetSocketAddress address, ClientOptions options) {
    TsdbClient client =
        new TsdbClient(new ConnectionPool(address, options), options.requestTimeout(), true);
    client.pool.giveBack(client.pool.take(client.end()));
    return client;
  }

  /** Asks the server for a sign of life. */
  public void ping() {
    call(new Request.Ping());
  }

  @Override
  public void insert(SeriesEntry entry) {
    call(new Request.Insert(entry, false));
  }

  @Override
  public boolean put(SeriesEntry entry) {
    return PayloadReader.created(call(new Request.Insert(entry, true)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Requests are sent ahead of their responses, on one connection. If that breaks, those that
   * were not answered fail with {@link ConnectionException}, and may have been stored.
   */
  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> entries, boolean replace) {
    long end = end();
    List<InsertOutcome> outcomes = new ArrayList<>(entries.size());
    Connection connection = pool.take(end);
    try {
      connection.until(end, () -> insertAll(entries, replace, connection, outcomes));
      pool.giveBack(connection);
    } catch (IOException e) {
      pool.drop(connection);
      RuntimeException failure = failure(Op.INSERT, e);
      for (SeriesEntry entry : entries.subList(outcomes.size(), entries.size())) {
        outcomes.add(new InsertOutcome(entry.id(), false, Optional.of(failure)));
      }
    } catch (RuntimeException | Error e) {
      pool.drop(connection);
      throw e;
    }
    return outcomes;
  }

  /** Adds to the outcomes as long as the connection holds. */
  private static boolean insertAll(
      List<SeriesEntry> entries,
      boolean replace,
      Connection connection,
      List<InsertOutcome> outcomes)
      throws IOException {
    IntFunction<byte[]> requests = i -> encoded(new Request.Insert(entries.get(i), replace));
    Pipeline.ofShortResponses(connection, entries.size(), requests)
        .run(response -> outcomes.add(outcome(entries.get(outcomes.size()).id(), response)));
    return true;
  }

  private static InsertOutcome outcome(String id, Response response) {
    return response.status() == Status.OK
        ? new InsertOutcome(id, PayloadReader.created(response.payload()), Optional.empty())
        : new InsertOutcome(id, false, Optional.of(Failures.toException(Op.INSERT, response)));
  }

  @Override
  public void delete(String id) {
    call(new Request.Delete(SeriesIds.check(id)));
  }

  @Override
  public SeriesEntry get(String id) {
    return PayloadReader.entry(call(new Request.Get(SeriesIds.check(id))));
  }

  @Override
  public List<String> idsAfter(String after, int limit) {
    return ids(Optional.empty(), after, limit);
  }

  @Override
  public List<String> idsAfter(Condition where, String after, int limit) {
    return ids(Optional.of(where), after, limit);
  }

  private List<String> ids(Optional<Condition> where, String after, int limit) {
    if (limit < 1) {
      throw new InvalidRequestException("limit must be >= 1: limit=" + limit);
    }
    List<String> ids = new ArrayList<>();
    Optional<String> last = after.isEmpty() ? Optional.empty() : Optional.of(after);
    while (ids.size() < limit) {
      // Page by page, since all ids of a large database need not fit into a frame.
      int wanted = Math.min(IDS_PER_REQUEST, limit - ids.size());
      List<String> page = PayloadReader.ids(call(new Request.Ids(where, last, wanted)));
      ids.addAll(page);
      if (page.size() < wanted) {
        break;
      }
      last = Optional.of(page.get(page.size() - 1));
    }
    return List.copyOf(ids);
  }

  @Override
  public SearchResult similar(String id, Query query) {
    return PayloadReader.searchResult(call(new Request.WithId(SeriesIds.check(id), query, true)));
  }

  @Override
  public SearchResult similar(TimeSeries series, Query query) {
    return PayloadReader.searchResult(call(new Request.WithTs(series, query, true)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Requests are sent ahead of their responses, on one connection. The first that is refused
   * ends the call; others may have been searched for nothing.
   */
  @Override
  public List<SearchResult> similarAll(List<String> ids, Query query) {
    ids.forEach(SeriesIds::check);
    return searchAll(ids.size(), i -> new Request.WithId(ids.get(i), query, true));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Requests are sent ahead of their responses, on one connection. The first that is refused
   * ends the call; others may have been searched for nothing.
   */
  @Override
  public List<SearchResult> similarToEach(List<TimeSeries> series, Query query) {
    return searchAll(series.size(), i -> new Request.WithTs(series.get(i), query, true));
  }

  private List<SearchResult> searchAll(int count, IntFunction<Request> requests) {
    long end = end();
    List<SearchResult> results = new ArrayList<>(count);
    try {
      searchRest(count, requests, end, results);
    } catch (SocketTimeoutException e) {
      throw failure(requests.apply(0).op(), e);
    } catch (IOException e) {
      pool.closeIdle();
      try {
        searchRest(count, requests, end, results);
      } catch (IOException again) {
        throw failure(requests.apply(0).op(), again);
      }
    }
    return List.copyOf(results);
  }

  /** Asks for the results that are not there yet, as long as the connection holds. */
  private void searchRest(
      int count, IntFunction<Request> requests, long end, List<SearchResult> results)
      throws IOException {
    int first = results.size();
    if (first == count) {
      return;
    }
    List<Response> refused = new ArrayList<>();
    exchange(
        end,
        connection -> {
          Pipeline.ofAnyResponses(
                  connection, count - first, i -> encoded(requests.apply(first + i)))
              .run(
                  response ->
                      response.status() == Status.OK
                          ? results.add(PayloadReader.searchResult(response.payload()))
                          : !refused.add(response));
          return true;
        });
    if (!refused.isEmpty()) {
      throw refused(requests.apply(results.size()), refused.get(0));
    }
  }

  @Override
  public AttributeTypes attributeTypes() {
    return PayloadReader.attributeTypes(call(new Request.ListAttributes()));
  }

  @Override
  public void declareAttribute(String name, AttributeValue.Type type) {
    call(new Request.AddAttribute(name, type));
  }

  @Override
  public int addVantagePoint(String id) {
    return PayloadReader.vantagePoints(call(new Request.AddVantagePoint(SeriesIds.check(id))));
  }

  @Override
  public Stats stats() {
    return PayloadReader.stats(call(new Request.Statistics()));
  }

  /** {@return the answers that the server keeps} */
  public ServerCache cache() {
    return new ServerCache(this::call);
  }

  @Override
  public Tsdb withTimeout(Duration newTimeout) {
    if (newTimeout.isNegative() || newTimeout.isZero()) {
      throw new InvalidRequestException("timeout must be greater than 0: timeout=" + newTimeout);
    }
    return new TsdbClient(pool, newTimeout, false);
  }

  @Override
  public void close() {
    if (ownsPool) {
      pool.close();
    }
  }

  private long end() {
    return System.nanoTime() + timeout.toNanos();
  }

  private static byte[] encoded(Request request) {
    return Requests.encode(request, Optional.empty());
  }

  private JsonNode call(Request request) {
    byte[] body = encoded(request);
    long end = end();
    Response response;
    try {
      response = exchange(body, end);
    } catch (SocketTimeoutException e) {
      throw failure(request.op(), e);
    } catch (IOException e) {
      if (request.op().writes()) {
        throw failure(request.op(), e);
      }
      response = exchangeAgain(request.op(), body, end);
    }
    if (response.status() != Status.OK) {
      throw refused(request, response);
    }
    return response.payload();
  }

  /** The exception that a database in this process would have thrown. */
  private RuntimeException refused(Request request, Response response) {
    if (response.status() == Status.INVALID_COMPONENT && request.where().isPresent()) {
      try {
        request.where().get().bind(attributeTypes());
      } catch (InvalidConditionException e) {
        return e; // of the text that was parsed here; the server was sent a canonical one
      } catch (RuntimeException e) {
        // What the server said stands.
      }
    }
    return Failures.toException(request.op(), response);
  }

  private Response exchangeAgain(Op op, byte[] body, long end) {
    pool.closeIdle();
    try {
      return exchange(body, end);
    } catch (IOException e) {
      throw failure(op, e);
    }
  }

  private Response exchange(byte[] body, long end) throws IOException {
    return exchange(
        end,
        connection -> {
          connection.send(body);
          return connection.receive();
        });
  }

  /** What is said on a connection, to its end. */
  private interface Conversation<T> {
    T on(Connection connection) throws IOException;
  }

  private <T> T exchange(long end, Conversation<T> conversation) throws IOException {
    Connection connection = pool.take(end);
    try {
      T result = connection.until(end, () -> conversation.on(connection));
      pool.giveBack(connection);
      return result;
    } catch (IOException | RuntimeException | Error e) {
      pool.drop(connection);
      throw e;
    }
  }

  private RuntimeException failure(Op op, IOException cause) {
    String outcome = op.writes() ? "; whether it was done is unknown" : "";
    if (cause instanceof SocketTimeoutException) {
      return new DeadlineExceededException(
          "server must answer in time" + outcome + ": op=" + op.label() + ", timeout=" + timeout);
    }
    return new ConnectionException(
        "connection must last until the answer"
            + outcome
            + ": op="
            + op.label()
            + ", address="
            + Connection.text(pool.address())
            + ", reason="
            + cause.getMessage(),
        cause);
  }
}
