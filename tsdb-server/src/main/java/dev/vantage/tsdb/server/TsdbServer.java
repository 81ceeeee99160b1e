package dev.vantage.tsdb.server;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.pool.LivingThread;
import dev.vantage.tsdb.server.cache.ResultCache;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import dev.vantage.tsdb.server.dispatch.Gauges;
import dev.vantage.tsdb.server.dispatch.Lanes;
import dev.vantage.tsdb.server.dispatch.RequestIds;
import dev.vantage.tsdb.server.monitor.Monitor;
import dev.vantage.tsdb.server.socket.AccessControl;
import dev.vantage.tsdb.server.socket.SocketServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a database over a socket. Thread-safe. */
public final class TsdbServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TsdbServer.class);

  /** Half of the time in nanoseconds within which a change of the tokens takes effect. */
  private static final long ENTRANCE_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

  private final InetSocketAddress address;
  private final SocketServer sockets;
  private final List<LivingThread> threads;

  private final Monitor watch;

  private TsdbServer(
      InetSocketAddress address, SocketServer sockets, List<LivingThread> threads, Monitor watch) {
    this.address = address;
    this.sockets = sockets;
    this.threads = threads;
    this.watch = watch;
  }

  /**
   * Starts a server. It accepts connections when this returns.
   *
   * @param tsdb the database; it stays open when the server is closed
   * @param options how to listen and what to allow
   * @return the running server
   * @throws IOException if it cannot listen there
   */
  public static TsdbServer start(Tsdb tsdb, ServerOptions options) throws IOException {
    Monitor watch = Monitor.start(options.monitor(), System::nanoTime);
    try {
      return start(tsdb, options, watch);
    } catch (IOException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  /**
   * Starts a server with a monitor that runs already.
   *
   * @param tsdb the database; it stays open when the server is closed
   * @param options how to listen and what to allow
   * @param watch the monitor; closed with the server
   * @return the running server
   * @throws IOException if it cannot listen there; the monitor stays open then
   */
  static TsdbServer start(Tsdb tsdb, ServerOptions options, Monitor watch) throws IOException {
    RequestIds ids = new RequestIds(new SecureRandom().nextLong());
    Gauges gauges = new Gauges();
    ResultCache cache = new ResultCache(options.cache(), tsdb::changeCount, Clock.systemUTC());
    describe(cache, gauges);
    Dispatcher dispatcher =
        new Dispatcher(
            tsdb,
            cache,
            options.requests(),
            SocketServer.hasVirtualThreads()
                ? Lanes.ofWorkers(options.requests())
                : Lanes.ofCallers(options.requests()),
            gauges,
            ids,
            watch.observer(),
            System::nanoTime);
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(options.address(), options.backlog());
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
    InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
    SocketServer sockets =
        SocketServer.start(
            listener,
            options.access(),
            dispatcher,
            new DatabaseFileSource(tsdb),
            options.limits(),
            gauges,
            System::nanoTime);
    List<LivingThread> threads = List.of(sampling(cache), looking(options.access()));
    watch.serving(
        tsdb, gauges::read, () -> lostThreads(sockets, tsdb, threads), options.access()::problem);
    return new TsdbServer(address, sockets, threads, watch);
  }

  private static List<String> lostThreads(
      SocketServer sockets, Tsdb tsdb, List<LivingThread> threads) {
    List<String> lost = new ArrayList<>(sockets.lostThreads());
    threads.stream().filter(LivingThread::isLost).map(LivingThread::name).forEach(lost::add);
    if (tsdb instanceof EmbeddedTsdb embedded) {
      lost.addAll(embedded.lostThreads());
    }
    return lost;
  }

  private static void describe(ResultCache cache, Gauges gauges) {
    gauges.load("cache_items", () -> cache.stats().items());
    gauges.load("cache_bytes", () -> cache.stats().bytes());
    gauges.load("cache_requests", () -> cache.stats().use().requests());
    gauges.load("cache_hits", () -> cache.stats().use().hits());
    gauges.load("cache_evictions", () -> cache.stats().use().evictions());
  }

  private static LivingThread sampling(ResultCache cache) {
    return LivingThread.start(
        "tsdb-cache",
        true,
        cache::sampleLater,
        failure -> LOG.error("cache was not sampled", failure));
  }

  /** Checks the files periodically, so that changes are applied and logged without any request. */
  private static LivingThread looking(AccessControl access) {
    return LivingThread.start(
        "tsdb-access",
        true,
        () -> {
          access.problem();
          LockSupport.parkNanos(access, ENTRANCE_PAUSE);
        },
        failure -> LOG.error("tokens and certificate could not be checked", failure));
  }

  /** {@return the address and port where it listens} */
  public InetSocketAddress address() {
    return address;
  }

  /** {@return where metrics, health and readiness are answered, or empty for nowhere} */
  public Optional<InetSocketAddress> metricsAddress() {
    return watch.address();
  }

  /** {@return the port where it listens} */
  public int port() {
    return address.getPort();
  }

  /**
   * Waits until the server has been closed.
   *
   * @throws InterruptedException if the thread is interrupted first
   */
  public void awaitClose() throws InterruptedException {
    sockets.awaitClose();
  }

  /**
   * Stops accepting, ends idle connections, waits up to the drain timeout for requests in flight to
   * be answered, then ends the remaining connections.
   *
   * @return whether every request in flight was answered
   */
  public boolean drain() {
    watch.draining();
    threads.forEach(LivingThread::stop);
    boolean drained = sockets.close();
    watch.close();
    return drained;
  }

  /** Does what {@link #drain} does. Idempotent. */
  @Override
  public void close() {
    drain();
  }
}
