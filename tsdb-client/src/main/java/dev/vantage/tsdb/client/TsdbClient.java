package dev.vantage.tsdb.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.FrameException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.AddAttribute;
import dev.vantage.tsdb.protocol.op.AddVantagePoint;
import dev.vantage.tsdb.protocol.op.Backup;
import dev.vantage.tsdb.protocol.op.Count;
import dev.vantage.tsdb.protocol.op.Curves;
import dev.vantage.tsdb.protocol.op.Delete;
import dev.vantage.tsdb.protocol.op.Export;
import dev.vantage.tsdb.protocol.op.FilePart;
import dev.vantage.tsdb.protocol.op.Get;
import dev.vantage.tsdb.protocol.op.Ids;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.protocol.op.ListAttributes;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Ping;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.Requests;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import dev.vantage.tsdb.protocol.op.SetAttributes;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import dev.vantage.tsdb.protocol.op.Statistics;
import dev.vantage.tsdb.protocol.op.WithId;
import dev.vantage.tsdb.protocol.op.WithTs;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A database behind a server. Thread-safe: calls from several threads use several connections, up
 * to {@link ClientOptions#maxConnections}.
 *
 * <p>A read whose connection breaks is repeated once, on a new connection. A write is not: its
 * outcome is unknown, and {@link ConnectionException} says so. The caller may safely repeat {@link
 * #put}, {@link #setAttributes(String, AttributeChanges)} and {@link #delete}.
 *
 * <p>A request that a busy server refuses had no effect, and is tried again after a pause, as
 * {@link ClientOptions#requestTries} says.
 *
 * <p>Every method throws {@link ConnectionException} if the server cannot be reached, {@link
 * DeadlineExceededException} if it does not answer in time, and {@link
 * dev.vantage.tsdb.UnauthenticatedException} if the server needs a token and {@link
 * ClientOptions#security} has no valid token.
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
   * Connects to a server, with {@link ClientOptions#DEFAULT}.
   *
   * @param hostAndPort for example {@code 127.0.0.1:7207} or {@code [::1]:7207}
   * @return the client
   * @throws InvalidRequestException if the text is no host and port
   * @throws ConnectionException if the server cannot be reached
   * @throws dev.vantage.tsdb.UnauthenticatedException if the server needs a token
   */
  public static TsdbClient connect(String hostAndPort) {
    return connect(hostAndPort, ClientOptions.DEFAULT);
  }

  /**
   * Connects to a server.
   *
   * @param hostAndPort for example {@code 127.0.0.1:7207} or {@code [::1]:7207}
   * @param options how to behave
   * @return the client
   * @throws InvalidRequestException if the address is malformed
   * @throws ConnectionException if the server cannot be reached, or cannot prove who it is
   * @throws dev.vantage.tsdb.UnauthenticatedException if it does not take the token
   */
  public static TsdbClient connect(String hostAndPort, ClientOptions options) {
    Objects.requireNonNull(hostAndPort, "hostAndPort");
    Objects.requireNonNull(options, "options");
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
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(options, "options");
    TsdbClient client =
        new TsdbClient(
            new ConnectionPool(address, options, System::nanoTime), options.requestTimeout(), true);
    client.pool.open(client.end());
    return client;
  }

  /** Checks that the server answers. */
  public void ping() {
    call(new Ping());
  }

  @Override
  public void insert(SeriesEntry entry) {
    Objects.requireNonNull(entry, "entry");
    call(new Insert(entry, false));
  }

  @Override
  public boolean put(SeriesEntry entry) {
    Objects.requireNonNull(entry, "entry");
    return Insert.answer(call(new Insert(entry, true)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Requests are sent ahead of their responses. If a connection breaks, entries that were sent
   * and not answered fail with {@link OutcomeUnknownException}. Entries that were not sent, and
   * entries behind a request with which the server closed the connection, are sent on a new
   * connection. If no connection can be opened, these entries fail with the reason. An entry whose
   * series is longer than the server's frames is refused alone.
   */
  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> entries) {
    Objects.requireNonNull(entries, "entries");
    return insertAll(entries, false);
  }

  /** {@inheritDoc} Requests are sent as by {@link #insertAll}. */
  @Override
  public List<InsertOutcome> putAll(List<SeriesEntry> entries) {
    Objects.requireNonNull(entries, "entries");
    return insertAll(entries, true);
  }

  private List<InsertOutcome> insertAll(List<SeriesEntry> entries, boolean replace) {
    return write(
        Op.INSERT, entries.stream().map(entry -> new WriteItem.OfSeries(entry, replace)).toList());
  }

  /** {@inheritDoc} Requests are sent as by {@link #insertAll}. */
  @Override
  public List<AttributeOutcome> setAttributes(Map<String, AttributeChanges> changes) {
    Objects.requireNonNull(changes, "changes");
    List<WriteItem.OfAttributes> items = new ArrayList<>();
    Map<String, AttributeOutcome> outcomes = new LinkedHashMap<>();
    changes.forEach(
        (id, one) -> {
          Objects.requireNonNull(id, "id");
          Objects.requireNonNull(one, "changes");
          outcomes.put(id, AttributeOutcome.changed(id));
          try {
            items.add(new WriteItem.OfAttributes(SeriesIds.check(id), one));
          } catch (InvalidIdException e) {
            outcomes.put(id, AttributeOutcome.refused(id, e));
          }
        });
    write(Op.SET_ATTRIBUTES, items).forEach(outcome -> outcomes.put(outcome.id(), outcome));
    return List.copyOf(outcomes.values());
  }

  @Override
  public void setAttributes(String id, AttributeChanges changes) {
    Objects.requireNonNull(changes, "changes");
    call(new SetAttributes(SeriesIds.check(id), changes));
  }

  /** Sends writes ahead of their responses, and again where that cannot store one twice. */
  private <T> List<T> write(Op op, List<? extends WriteItem<T>> items) {
    long end = end();
    Backoff backoff = pool.backoff(end);
    BatchWrite<T> batch = new BatchWrite<>(items);
    if (batch.mayBeTooLong()) {
      batch.refuseAbove(longestFrame(end));
    }
    while (batch.openCount() > 0) {
      int before = batch.openCount();
      Optional<RuntimeException> failure = writeRest(op, batch, end);
      boolean isWaiting = batch.isBusy() || batch.openCount() == before;
      if (pool.left(end) <= 0) {
        batch.giveUp(
            new DeadlineExceededException(
                "server must answer in time; the change was not stored: op="
                    + op.label()
                    + ", timeout="
                    + timeout));
      } else if (isWaiting && (failure.isPresent() || !backoff.pause())) {
        batch.giveUp(failure.or(batch::refusal).orElseThrow());
      }
    }
    return batch.outcomes();
  }

  /** Sends the open items. Returns the failure if trying again would not help. */
  private Optional<RuntimeException> writeRest(Op op, BatchWrite<?> batch, long end) {
    try {
      exchange(end, batch::run);
      batch.settle(Optional.empty());
    } catch (RefusedException e) {
      batch.refuse(Failures.toException(e.response()));
    } catch (IOException e) {
      batch.settle(Optional.of(failure(op, e)));
    } catch (RuntimeException e) {
      if (!batch.hasBegun()) {
        throw e;
      }
      batch.settle(Optional.of(e));
      return Optional.of(e);
    }
    return Optional.empty();
  }

  /** Returns the maximum frame of the server in bytes, or the largest long if it is unknown. */
  private long longestFrame(long end) {
    try {
      Response response = exchange(encoded(new Statistics()), end);
      return Statistics.answer(response.payload())
          .server()
          .map(server -> server.limits().get("max_frame_bytes"))
          .orElse(Long.MAX_VALUE);
    } catch (IOException | RuntimeException e) {
      return Long.MAX_VALUE; // the server will refuse a series that is too long
    }
  }

  @Override
  public void delete(String id) {
    call(new Delete(SeriesIds.check(id)));
  }

  @Override
  public SeriesEntry get(String id) {
    return Get.answer(call(new Get(SeriesIds.check(id))));
  }

  @Override
  public List<String> ids(IdQuery query) {
    Objects.requireNonNull(query, "query");
    int limit = query.limit();
    List<String> ids = new ArrayList<>();
    Optional<String> last = Optional.of(query.after()).filter(after -> !after.isEmpty());
    while (ids.size() < limit) {
      // Lists page by page, because the ids of a large database may not fit into one frame.
      int wanted = Math.min(IDS_PER_REQUEST, limit - ids.size());
      List<String> page = Ids.answer(call(new Ids(query.where(), last, wanted)));
      ids.addAll(page);
      if (page.size() < wanted) {
        break;
      }
      last = Optional.of(page.get(page.size() - 1));
    }
    return List.copyOf(ids);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The server counts, unless the query begins after an id: then its ids are listed.
   */
  @Override
  public long count(IdQuery query) {
    Objects.requireNonNull(query, "query");
    return query.after().isEmpty()
        ? Math.min(query.limit(), Count.answer(call(new Count(query.where()))))
        : ids(query).size();
  }

  @Override
  public List<Curve> curves(List<String> ids, int points) {
    Objects.requireNonNull(ids, "ids");
    return Curves.answer(call(new Curves(ids, points)));
  }

  @Override
  public SearchResult search(Query query) {
    Objects.requireNonNull(query, "query");
    return SearchAnswer.answer(call(request(query)), query);
  }

  private static SimilarSeriesRequest request(Query query) {
    return query.id().isPresent() ? new WithId(query, true) : new WithTs(query, true);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Requests are sent ahead of their responses, on one connection. The first refused query ends
   * the call; the server may have executed later queries in vain.
   */
  @Override
  public List<SearchResult> searchAll(List<Query> queries) {
    Objects.requireNonNull(queries, "queries");
    queries.forEach(query -> query.id().ifPresent(SeriesIds::check));
    return searchAll(queries.size(), i -> request(queries.get(i)));
  }

  private List<SearchResult> searchAll(int count, IntFunction<SimilarSeriesRequest> requests) {
    long end = end();
    Backoff backoff = pool.backoff(end);
    PipelinedSearch batch = new PipelinedSearch(count, requests);
    while (!batch.isComplete()) {
      Optional<Response> refused = searchMore(batch, end);
      if (refused.isPresent()
          && (refused.get().status() != Status.UNAVAILABLE || !backoff.pause())) {
        throw refused(batch.next(), refused.get());
      }
    }
    return batch.results();
  }

  /** Requests the remaining results, a second time if the connection breaks. */
  private Optional<Response> searchMore(PipelinedSearch batch, long end) {
    try {
      return searchRest(batch, end);
    } catch (SocketTimeoutException | FrameException e) {
      throw failure(batch.next().op(), e);
    } catch (IOException e) {
      pool.closeIdle();
      try {
        return searchRest(batch, end);
      } catch (IOException again) {
        throw failure(batch.next().op(), again);
      }
    }
  }

  private Optional<Response> searchRest(PipelinedSearch batch, long end) throws IOException {
    try {
      return exchange(end, batch::run);
    } catch (RefusedException e) {
      return Optional.of(e.response());
    }
  }

  @Override
  public AttributeTypes attributeTypes() {
    return ListAttributes.answer(call(new ListAttributes()));
  }

  @Override
  public void declareAttribute(String name, AttributeValue.Type type) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    call(new AddAttribute(name, type));
  }

  @Override
  public int addVantagePoint(String id) {
    return AddVantagePoint.answer(call(new AddVantagePoint(SeriesIds.check(id))));
  }

  @Override
  public Stats stats() {
    return Statistics.answer(call(new Statistics()));
  }

  /**
   * Receives a copy of the server's database, as {@link dev.vantage.tsdb.EmbeddedTsdb#backup} makes
   * it. Searches and inserts go on meanwhile. Needs a token that may write. The timeout is that of
   * each part, not of all.
   *
   * @param file the file to make; must not exist
   * @throws InvalidLocationException if the file exists or may not be written
   */
  public void backup(Path file) {
    Objects.requireNonNull(file, "file");
    receive(new Backup(), file);
  }

  /**
   * Receives the portable file of the server's database, as {@link
   * dev.vantage.tsdb.EmbeddedTsdb#export} makes it. Searches and inserts go on meanwhile. The
   * timeout is that of each part, not of all.
   *
   * @param file the file to make; must not exist
   * @throws InvalidLocationException if the file exists or may not be written
   */
  public void export(Path file) {
    Objects.requireNonNull(file, "file");
    receive(new Export(), file);
  }

  private void receive(Request request, Path file) {
    try (ReceivedFile received = ReceivedFile.beside(file, request.op())) {
      ServerConnection connection = pool.take(end());
      try {
        connection.within(pool.left(end()), () -> send(connection, request));
        boolean more = true;
        while (more) {
          Response response = connection.within(pool.left(end()), connection::receiveAny);
          if (response.status() != Status.OK) {
            throw Failures.toException(response);
          }
          FilePart part = FilePart.answer(response.payload());
          received.add(part.bytes());
          more = part.more();
        }
        pool.giveBack(connection);
      } catch (IOException | RuntimeException | Error e) {
        pool.drop(connection);
        throw e;
      }
      received.complete();
    } catch (RefusedException e) {
      throw Failures.toException(e.response());
    } catch (IOException e) {
      throw failure(request.op(), e);
    }
  }

  private static boolean send(ServerConnection connection, Request request) throws IOException {
    connection.send(encoded(request));
    return true;
  }

  /** {@return the server's cache of search answers} */
  public ServerCache cache() {
    return new ServerCache(this::call, toString());
  }

  @Override
  public Tsdb withTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new InvalidRequestException("timeout must be greater than 0: timeout=" + timeout);
    }
    return new TsdbClient(pool, timeout, false);
  }

  @Override
  public void close() {
    if (ownsPool) {
      pool.close();
    }
  }

  private long end() {
    return pool.end(timeout);
  }

  private static byte[] encoded(Request request) {
    return Requests.encode(request, Optional.empty());
  }

  private JsonNode call(Request request) {
    byte[] body = encoded(request);
    long end = end();
    Backoff backoff = pool.backoff(end);
    Response response;
    do {
      response = answer(request.op(), body, end);
    } while (response.status() == Status.UNAVAILABLE && backoff.pause());
    if (response.status() != Status.OK) {
      throw refused(request, response);
    }
    return response.payload();
  }

  private Response answer(Op op, byte[] body, long end) {
    try {
      return exchange(body, end);
    } catch (SocketTimeoutException | FrameException e) {
      throw failure(op, e);
    } catch (IOException e) {
      if (op.writes()) {
        throw failure(op, e);
      }
      return exchangeAgain(op, body, end);
    }
  }

  /** Returns the exception that an embedded database would have thrown. */
  private RuntimeException refused(Request request, Response response) {
    if (response.kind().equals(Optional.of(Kind.INVALID_CONDITION))
        && request.where().isPresent()) {
      try {
        request.where().get().bind(attributeTypes());
      } catch (InvalidConditionException e) {
        return e; // columns refer to the caller's text, but the server received the canonical text
      } catch (RuntimeException e) {
        // The response of the server is used.
      }
    }
    return Failures.toException(response);
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
    try {
      return exchange(end, connection -> connection.ask(body));
    } catch (RefusedException e) {
      return e.response();
    }
  }

  /** A complete exchange of requests and responses on a connection. */
  private interface Conversation<T> {
    T on(ServerConnection connection) throws IOException;
  }

  private <T> T exchange(long end, Conversation<T> conversation) throws IOException {
    ServerConnection connection = pool.take(end);
    try {
      T result = connection.within(pool.left(end), () -> conversation.on(connection));
      pool.giveBack(connection);
      return result;
    } catch (IOException | RuntimeException | Error e) {
      pool.drop(connection);
      throw e;
    }
  }

  private RuntimeException failure(Op op, IOException cause) {
    String outcome = op.writes() ? "; it is unknown whether the request was executed" : "";
    if (cause instanceof SocketTimeoutException) {
      return new DeadlineExceededException(
          "server must answer in time" + outcome + ": op=" + op.label() + ", timeout=" + timeout);
    }
    String rule =
        cause instanceof FrameException
            ? "response must be valid for this client"
            : "connection must not break before the response";
    return new ConnectionException(
        rule
            + outcome
            + ": op="
            + op.label()
            + ", address="
            + ServerConnection.text(pool.address())
            + ", reason="
            + cause.getMessage(),
        cause);
  }

  @Override
  public String toString() {
    return "TsdbClient[server=" + pool.address() + ", timeout=" + timeout + "]";
  }
}
