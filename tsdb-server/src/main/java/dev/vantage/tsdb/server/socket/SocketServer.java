package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.pool.LivingThread;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import dev.vantage.tsdb.server.dispatch.Gauges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and serves each on its own thread. Thread-safe. All threads have names that
 * begin with {@code tsdb-}, and end soon after {@link #close}.
 */
public final class SocketServer {
  private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
  private static final Duration FORCED_END = Duration.ofSeconds(1);
  private static final int LINGERING_THREADS = 4;
  private static final int LINGERING_QUEUE = 64;
  private static final int HANDSHAKE_MILLIS = 2_000;

  private final ServerSocket listener;
  private final Dispatcher dispatcher;
  private final AccessControl access;
  private final Limits limits;
  private final LongSupplier nanoTime;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Socket> lingering = ConcurrentHashMap.newKeySet();
  private final ConnectionCounts counts;
  private final ByteBudget budget;
  private final ExecutorService threads = Threads.perTask("tsdb-connection");
  private final ThreadPoolExecutor lingerers =
      Threads.queueing("tsdb-linger", LINGERING_THREADS, LINGERING_QUEUE);
  private final boolean wantsTokens;
  private final FileTransfers transfers = new FileTransfers(this::isClosing);
  private final LivingThread deadlines;
  private final LivingThread acceptor;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;

  private SocketServer(
      ServerSocket listener,
      AccessControl access,
      Dispatcher dispatcher,
      Limits limits,
      Gauges gauges,
      LongSupplier nanoTime) {
    this.listener = listener;
    this.access = access;
    this.dispatcher = dispatcher;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.counts = new ConnectionCounts(limits);
    this.budget = new ByteBudget(limits.maxBuffered());
    this.wantsTokens = access.authenticator().admit(Optional.empty()).isEmpty();
    this.deadlines = Deadlines.watch(connections, limits, dispatcher.lines()::tellLeftOut);
    limits.describe(gauges);
    counts.describe(gauges);
    gauges.load("buffered_bytes", budget::taken);
    // Last, since the thread uses all other fields.
    this.acceptor = LivingThread.start("tsdb-accept", false, this::accept, this::notAccepted);
  }

  /**
   * Starts to accept connections.
   *
   * @param listener a bound socket; closed by {@link #close}
   * @param access how clients are authenticated and connections encrypted
   * @param dispatcher answers the requests; closed by {@link #close}
   * @param limits the limits on connections
   * @param gauges receives the limits and counts of connections
   * @param nanoTime a clock like {@link System#nanoTime}
   * @return the running server
   */
  public static SocketServer start(
      ServerSocket listener,
      AccessControl access,
      Dispatcher dispatcher,
      Limits limits,
      Gauges gauges,
      LongSupplier nanoTime) {
    return new SocketServer(listener, access, dispatcher, limits, gauges, nanoTime);
  }

  /** {@return the names of the threads that the server needs and that have ended} */
  public List<String> lostThreads() {
    return Stream.of(acceptor, deadlines)
        .filter(LivingThread::isLost)
        .map(LivingThread::name)
        .toList();
  }

  /** {@return whether connections run on virtual threads, which must not do long computations} */
  public static boolean hasVirtualThreads() {
    return Threads.areVirtual();
  }

  /**
   * Waits until the server has been closed.
   *
   * @throws InterruptedException if the calling thread is interrupted meanwhile
   */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /**
   * Stops accepting, ends idle connections, waits up to the drain timeout for requests in flight to
   * be answered, then ends the remaining connections. Idempotent.
   *
   * @return whether every request in flight was answered
   */
  public synchronized boolean close() {
    if (closing) {
      return threads.isTerminated();
    }
    closing = true;
    acceptor.stop();
    closeQuietly(listener);
    acceptor.join();
    dispatcher.stop();
    connections.forEach(Connection::stop);
    threads.shutdown();
    lingerers.shutdownNow();
    lingering.forEach(SocketServer::closeQuietly);
    boolean drained = Threads.await(threads, limits.drainTimeout());
    if (!drained) {
      LOG.warn("connections ended by force: connections={}", connections.size());
      connections.forEach(Connection::abort);
      Threads.await(threads, FORCED_END);
    }
    dispatcher.close();
    transfers.close();
    deadlines.stop();
    closed.countDown();
    return drained;
  }

  private boolean isClosing() {
    return closing;
  }

  private void accept() throws IOException {
    admit(listener.accept());
  }

  private void notAccepted(Throwable failure) {
    // Too many open files or threads, for example. This may be temporary.
    LOG.error("connection could not be accepted", failure);
  }

  private void admit(Socket socket) throws IOException {
    boolean admitted = false;
    try {
      socket.setTcpNoDelay(true);
      InetAddress address = socket.getInetAddress();
      ConnectionCounts.Entry entry = counts.enter(address, wantsTokens, () -> makeRoom(socket));
      admitted =
          entry.place().isPresent()
              ? serve(socket, entry.place().get())
              : tryRefuse(socket, entry.problem());
    } finally {
      if (!admitted) {
        closeQuietly(socket);
      }
    }
  }

  /** Ends an unauthenticated connection in favor of a new one. */
  private void makeRoom(Socket socket) {
    dispatcher
        .lines()
        .of(String.valueOf(socket.getRemoteSocketAddress()), LOG.atWarn())
        .ifPresent(
            line ->
                line.addKeyValue("max_unauthenticated", limits.maxUnauthenticated())
                    .addKeyValue("max_connections", limits.maxConnections())
                    .log("connection without a token ended to make room"));
    closeQuietly(socket);
  }

  private boolean serve(Socket socket, ConnectionCounts.Place place) throws IOException {
    boolean begun = false;
    try {
      Connection connection =
          new Connection(
              socket,
              access,
              dispatcher,
              limits,
              budget,
              transfers,
              () -> counts.admitted(place),
              nanoTime);
      connections.add(connection);
      try {
        threads.execute(() -> serve(connection, place));
        begun = true;
      } finally {
        if (!begun) {
          connections.remove(connection);
        }
      }
    } finally {
      if (!begun) {
        counts.leave(place);
      }
    }
    return begun;
  }

  private void serve(Connection connection, ConnectionCounts.Place place) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      counts.leave(place);
    }
  }

  /** Answers that there are too many connections. The answer is short, so writing cannot block. */
  private boolean tryRefuse(Socket socket, String problem) throws IOException {
    String peer = String.valueOf(socket.getRemoteSocketAddress());
    dispatcher
        .lines()
        .of(peer, LOG.atWarn())
        .ifPresent(line -> line.addKeyValue("rule", problem).log("connection refused"));
    UnavailableException failure = new UnavailableException(problem + ": try again later");
    Body answer = dispatcher.refuse(peer, failure);
    if (access.protection().isEmpty()) {
      Frames.write(answer, socket.getOutputStream());
      socket.shutdownOutput();
    }
    lingering.add(socket);
    try {
      lingerers.execute(() -> lingerAndClose(socket, answer));
      return true;
    } catch (RejectedExecutionException e) {
      lingering.remove(socket);
      return false;
    }
  }

  private void lingerAndClose(Socket socket, Body answer) {
    try (socket) {
      if (access.protection().isPresent()) {
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        Transport line = new Transport(socket, access.protection(), nanoTime);
        line.handshake();
        line.send(answer);
        line.linger();
      } else {
        LingeringClose.linger(socket, nanoTime);
      }
    } catch (IOException e) {
      LOG.debug("refused client closed first", e);
    } finally {
      lingering.remove(socket);
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.debug("socket could not be closed", e);
    }
  }
}
