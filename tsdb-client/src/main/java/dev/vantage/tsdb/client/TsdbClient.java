package dev.vantage.tsdb.client;

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
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.protocol.op.AddAttribute;
import dev.vantage.tsdb.protocol.op.AddVantagePoint;
import dev.vantage.tsdb.protocol.op.Backup;
import dev.vantage.tsdb.protocol.op.Count;
import dev.vantage.tsdb.protocol.op.Curves;
import dev.vantage.tsdb.protocol.op.Delete;
import dev.vantage.tsdb.protocol.op.Eval;
import dev.vantage.tsdb.protocol.op.Export;
import dev.vantage.tsdb.protocol.op.Get;
import dev.vantage.tsdb.protocol.op.Ids;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.protocol.op.ListAttributes;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Ping;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import dev.vantage.tsdb.protocol.op.SelectRows;
import dev.vantage.tsdb.protocol.op.SetAttributes;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import dev.vantage.tsdb.protocol.op.Statistics;
import dev.vantage.tsdb.protocol.op.WithId;
import dev.vantage.tsdb.protocol.op.WithTs;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
  private final ServerCalls calls;
  private final boolean ownsPool;

  private TsdbClient(ConnectionPool pool, Duration timeout, boolean ownsPool) {
    this.pool = pool;
    this.calls = new ServerCalls(pool, timeout);
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
    client.calls.connect();
    return client;
  }

  /** Checks that the server answers. */
  public void ping() {
    calls.payload(new Ping());
  }

  @Override
  public void insert(SeriesEntry entry) {
    Objects.requireNonNull(entry, "entry");
    calls.payload(new Insert(entry, false));
  }

  @Override
  public boolean put(SeriesEntry entry) {
    Objects.requireNonNull(entry, "entry");
    return Insert.answer(calls.payload(new Insert(entry, true)));
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
    return calls.write(
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
    calls.write(Op.SET_ATTRIBUTES, items).forEach(outcome -> outcomes.put(outcome.id(), outcome));
    return List.copyOf(outcomes.values());
  }

  @Override
  public void setAttributes(String id, AttributeChanges changes) {
    Objects.requireNonNull(changes, "changes");
    calls.payload(new SetAttributes(SeriesIds.check(id), changes));
  }

  @Override
  public void delete(String id) {
    calls.payload(new Delete(SeriesIds.check(id)));
  }

  @Override
  public SeriesEntry get(String id) {
    return Get.answer(calls.payload(new Get(SeriesIds.check(id))));
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
      List<String> page = Ids.answer(calls.payload(new Ids(query.where(), last, wanted)));
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
        ? Math.min(query.limit(), Count.answer(calls.payload(new Count(query.where()))))
        : ids(query).size();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The server limits the rows of an answer.
   *
   * @throws InvalidRequestException if the limit of the select is greater than the server's
   */
  @Override
  public Rows select(Select select) {
    Objects.requireNonNull(select, "select");
    return SelectRows.answer(calls.payload(new SelectRows(select)));
  }

  /**
   * Runs a program of the query language in the server, in one request. {@code Language.over} this
   * client runs it here, with a request for each query of the program.
   *
   * @param program the text
   * @param options arguments and limits; its timeout, clock and files do not count: the program
   *     reads no files
   * @return the value of the last form; within lists and records, timestamps, keywords and symbols
   *     come as texts
   * @throws dev.vantage.tsdb.language.ProgramException if the program is malformed, fails or
   *     reaches a limit
   * @throws InvalidRequestException if a limit is greater than the server's, or an argument is a
   *     table, a plot, a function, a timestamp, a keyword or a symbol
   */
  public Value evaluate(String program, LanguageOptions options) {
    Objects.requireNonNull(program, "program");
    Objects.requireNonNull(options, "options");
    return Eval.answer(calls.payload(new Eval(program, options.arguments(), options.limits())));
  }

  @Override
  public List<Curve> curves(List<String> ids, int points) {
    Objects.requireNonNull(ids, "ids");
    return Curves.answer(calls.payload(new Curves(ids, points)));
  }

  @Override
  public SearchResult search(Query query) {
    Objects.requireNonNull(query, "query");
    return SearchAnswer.answer(calls.payload(request(query)), query);
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
    return calls.searchAll(queries.size(), i -> request(queries.get(i)));
  }

  @Override
  public AttributeTypes attributeTypes() {
    return ListAttributes.answer(calls.payload(new ListAttributes()));
  }

  @Override
  public void declareAttribute(String name, AttributeValue.Type type) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    calls.payload(new AddAttribute(name, type));
  }

  @Override
  public int addVantagePoint(String id) {
    return AddVantagePoint.answer(calls.payload(new AddVantagePoint(SeriesIds.check(id))));
  }

  @Override
  public Stats stats() {
    return Statistics.answer(calls.payload(new Statistics()));
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
    calls.receive(new Backup(), file);
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
    calls.receive(new Export(), file);
  }

  /** {@return the server's cache of search answers} */
  public ServerCache cache() {
    return new ServerCache(calls::payload, toString());
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

  @Override
  public String toString() {
    return "TsdbClient[server=" + pool.address() + ", timeout=" + calls.timeout() + "]";
  }
}
