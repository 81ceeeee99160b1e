package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.PayloadReader;
import dev.vantage.tsdb.protocol.Request;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database behind a server. Safe for any number of threads, which share a few connections; a
 * broken connection is replaced.
 *
 * <p>Besides what the door names, every method throws {@link ConnectionException} when the server
 * cannot be reached or goes away. Calls that read are then tried once more first; calls that write
 * only if nothing had been sent, else the exception says that the outcome is unknown. When time
 * runs out on a write that was sent, that is such an outcome, too.
 */
public final class TsdbClient implements Tsdb {
  /** The most ids that are asked for at once. */
  private static final int IDS_PER_REQUEST = 10_000;

  private final Transport transport;
  private final Optional<Duration> timeout;

  private TsdbClient(Transport transport, Optional<Duration> timeout) {
    this.transport = transport;
    this.timeout = timeout;
  }

  /**
   * Connects to a server.
   *
   * @param hostPort host and port, as {@code 127.0.0.1:7207} or {@code [::1]:7207}
   * @return the database that it serves
   * @throws InvalidRequestException if the text is not host and port
   * @throws ConnectionException if there is no connection
   */
  public static TsdbClient connect(String hostPort) {
    return connect(hostPort, ClientOptions.DEFAULT);
  }

  /**
   * Connects to a server.
   *
   * @param hostPort host and port, as {@code 127.0.0.1:7207} or {@code [::1]:7207}
   * @param options how to reach it
   * @return the database that it serves
   * @throws InvalidRequestException if the text is not host and port
   * @throws ConnectionException if there is no connection
   */
  public static TsdbClient connect(String hostPort, ClientOptions options) {
    return connect(HostPort.parse(hostPort), options);
  }

  /**
   * Connects to a server.
   *
   * @param address where it listens
   * @param options how to reach it
   * @return the database that it serves
   * @throws ConnectionException if there is no connection
   */
  public static TsdbClient connect(InetSocketAddress address, ClientOptions options) {
    Transport transport = new Transport(address, options);
    Duration time = options.requestTimeout();
    try {
      transport.with(Deadline.start(time, time), true, use -> true);
    } catch (RuntimeException | Error e) {
      transport.close();
      throw e;
    }
    return new TsdbClient(transport, Optional.empty());
  }

  /** Waits for a sign of life of the server. */
  public void ping() {
    transport.read(new Request.Ping(), deadline());
  }

  @Override
  public void insert(SeriesEntry entry) {
    transport.write(new Request.Insert(entry, false), deadline());
  }

  @Override
  public boolean put(SeriesEntry entry) {
    return PayloadReader.created(transport.write(new Request.Insert(entry, true), deadline()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where the server goes away in the middle, the series that it had not acknowledged fail with
   * a {@link ConnectionException} that says that their outcome is unknown.
   */
  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> entries, boolean replace) {
    Deadline deadline =
        Deadline.start(transport.options().requestTimeout(), timeout.orElse(Deadline.FOREVER));
    return new InsertPipeline(transport, replace).run(List.copyOf(entries), deadline);
  }

  @Override
  public void delete(String id) {
    transport.write(new Request.Delete(id), deadline());
  }

  @Override
  public SeriesEntry get(String id) {
    return PayloadReader.entry(transport.read(new Request.Get(id), deadline()));
  }

  @Override
  public List<String> ids(int limit) {
    return ids(Optional.empty(), limit);
  }

  @Override
  public List<String> idsAfter(String after, int limit) {
    return ids(Optional.of(after), limit);
  }

  private List<String> ids(Optional<String> after, int limit) {
    if (limit < 1) {
      throw new InvalidRequestException("limit must be >= 1: limit=" + limit);
    }
    Deadline deadline = deadline();
    List<String> ids = new ArrayList<>();
    Optional<String> last = after;
    while (ids.size() < limit) {
      int wanted = Math.min(IDS_PER_REQUEST, limit - ids.size());
      List<String> page =
          PayloadReader.ids(transport.read(new Request.Ids(last, wanted), deadline));
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
    return PayloadReader.searchResult(
        transport.read(new Request.WithId(id, query, true), deadline()));
  }

  @Override
  public SearchResult similar(TimeSeries series, Query query) {
    return PayloadReader.searchResult(
        transport.read(new Request.WithTs(series, query, true), deadline()));
  }

  @Override
  public int addVantagePoint(String id) {
    return PayloadReader.vantagePoints(
        transport.write(new Request.AddVantagePoint(id), deadline()));
  }

  @Override
  public Stats stats() {
    return PayloadReader.stats(transport.read(new Request.Statistics(), deadline()));
  }

  @Override
  public Tsdb withTimeout(Duration newTimeout) {
    if (newTimeout.isNegative() || newTimeout.isZero()) {
      throw new InvalidRequestException("timeout must be > 0: timeout=" + newTimeout);
    }
    return new TsdbClient(transport, Optional.of(newTimeout));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Every connection is closed when this returns.
   */
  @Override
  public void close() {
    if (timeout.isEmpty()) {
      transport.close();
    }
  }

  private Deadline deadline() {
    Duration perAnswer = transport.options().requestTimeout();
    return Deadline.start(perAnswer, Deadline.shorter(perAnswer, timeout.orElse(perAnswer)));
  }
}
