package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import dev.vantage.tsdb.server.dispatch.Gauges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and serves each on a thread of its own. All threads have names that begin
 * with {@code tsdb-}, and none is left soon after {@link #close}. Thread-safe.
 */
public final class SocketServer {
  private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration FORCED_END = Duration.ofSeconds(1);
  private static final int LINGERING_THREADS = 4;
  private static final int LINGERING_QUEUE = 64;
  private static final int HANDSHAKE_MILLIS = 2_000;

  private final ServerSocket listener;
  private final Dispatcher dispatcher;
  private final Entrance entrance;
  private final Limits limits;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Socket> lingering = ConcurrentHashMap.newKeySet();
  private final ConnectionCounts counts;
  private final ByteBudget budget;
  private final ExecutorService threads = Threads.perTask("tsdb-connection");
  private final ThreadPoolExecutor lingerers =
      Threads.queueing("tsdb-linger", LINGERING_THREADS, LINGERING_QUEUE);
  private final Deadlines deadlines;
  private final Thread acceptor = Threads.named("tsdb-accept", this::acceptAll);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;

  private SocketServer(
      ServerSocket listener,
      Entrance entrance,
      Dispatcher dispatcher,
      Limits limits,
      Gauges gauges) {
    this.listener = listener;
    this.entrance = entrance;
    this.dispatcher = dispatcher;
    this.limits = limits;
    this.counts = new ConnectionCounts(limits);
    this.budget = new ByteBudget(limits.maxBuffered());
    this.deadlines = Deadlines.watch(connections, limits);
    limits.describe(gauges);
    counts.describe(gauges);
    gauges.load("buffered_bytes", budget::taken);
  }

  /**
   * Begins to accept connections.
   *
   * @param listener a bound socket; closed by {@link #close}
   * @param entrance how clients get in
   * @param dispatcher who answers the requests; closed by {@link #close}
   * @param limits what connections may take
   * @param gauges gets the limits and counts of connections
   * @return the running server
   */
  public static SocketServer start(
      ServerSocket listener,
      Entrance entrance,
      Dispatcher dispatcher,
      Limits limits,
      Gauges gauges) {
    SocketServer server = new SocketServer(listener, entrance, dispatcher, limits, gauges);
    server.acceptor.start();
    return server;
  }

  /** {@return whether each connection has a virtual thread here, which must not compute} */
  public static boolean hasVirtualThreads() {
    return Threads.virtualFactory("tsdb").isPresent();
  }

  /** Waits until the server has been closed. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /**
   * Stops accepting, ends idle connections, lets requests in flight be answered within the drain
   * timeout, then ends what is left. Closing twice is harmless.
   *
   * @return whether every request in flight was answered
   */
  public synchronized boolean close() {
    if (closing) {
      return threads.isTerminated();
    }
    closing = true;
    closeQuietly(listener);
    Threads.join(acceptor);
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
    deadlines.stop();
    closed.countDown();
    return drained;
  }

  private void acceptAll() {
    while (!closing) {
      try {
        admit(listener.accept());
      } catch (Throwable e) {
        if (!closing) {
          // Too many open files, perhaps, or threads: it may pass.
          LOG.error("connection could not be accepted", e);
          LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
      }
    }
  }

  private void admit(Socket socket) throws IOException {
    boolean admitted = false;
    try {
      socket.setTcpNoDelay(true);
      Optional<String> problem = counts.enter(socket.getInetAddress());
      admitted = problem.isPresent() ? tryRefuse(socket, problem.get()) : serve(socket);
    } finally {
      if (!admitted) {
        closeQuietly(socket);
      }
    }
  }

  private boolean serve(Socket socket) throws IOException {
    InetAddress address = socket.getInetAddress();
    boolean begun = false;
    try {
      Connection connection = new Connection(socket, entrance, dispatcher, limits, budget);
      connections.add(connection);
      try {
        threads.execute(() -> serve(connection, address));
        begun = true;
      } finally {
        if (!begun) {
          connections.remove(connection);
        }
      }
    } finally {
      if (!begun) {
        counts.leave(address);
      }
    }
    return begun;
  }

  private void serve(Connection connection, InetAddress address) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      counts.leave(address);
    }
  }

  /** Says that there are too many connections: little enough to be written without waiting. */
  private boolean tryRefuse(Socket socket, String problem) throws IOException {
    LOG.warn("connection refused: {}", problem);
    UnavailableException failure = new UnavailableException(problem + ": try again later");
    Body answer = dispatcher.refuse(failure);
    if (entrance.protection().isEmpty()) {
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
      if (entrance.protection().isPresent()) {
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        Line line = new Line(socket, entrance.protection());
        line.handshake();
        line.send(answer);
        line.linger();
      } else {
        LastWords.linger(socket);
      }
    } catch (IOException e) {
      LOG.debug("refused client went first", e);
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
