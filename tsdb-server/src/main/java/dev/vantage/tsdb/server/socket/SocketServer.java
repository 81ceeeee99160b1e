package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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

  private final ServerSocket listener;
  private final Dispatcher dispatcher;
  private final Limits limits;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Socket> lingering = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor workers;
  private final ThreadPoolExecutor lingerers =
      Threads.queueing("tsdb-linger", LINGERING_THREADS, LINGERING_QUEUE);
  private final ScheduledThreadPoolExecutor timer = Threads.timer("tsdb-deadline");
  private final Thread acceptor = Threads.named("tsdb-accept", this::acceptAll);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;

  private SocketServer(ServerSocket listener, Dispatcher dispatcher, Limits limits) {
    this.listener = listener;
    this.dispatcher = dispatcher;
    this.limits = limits;
    this.workers = Threads.handingOver("tsdb-connection", limits.maxConnections());
  }

  /**
   * Begins to accept connections.
   *
   * @param listener a bound socket; closed by {@link #close}
   * @param dispatcher who answers the requests; closed by {@link #close}
   * @param limits what connections may take
   * @return the running server
   */
  public static SocketServer start(ServerSocket listener, Dispatcher dispatcher, Limits limits) {
    SocketServer server = new SocketServer(listener, dispatcher, limits);
    server.acceptor.start();
    return server;
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
      return workers.isTerminated();
    }
    closing = true;
    closeQuietly(listener);
    Threads.join(acceptor);
    dispatcher.stop();
    connections.forEach(Connection::stop);
    workers.shutdown();
    lingerers.shutdownNow();
    lingering.forEach(SocketServer::closeQuietly);
    boolean drained = Threads.await(workers, limits.drainTimeout());
    if (!drained) {
      LOG.warn("connections ended by force: connections={}", connections.size());
      connections.forEach(Connection::abort);
      Threads.await(workers, FORCED_END);
    }
    dispatcher.close();
    timer.shutdownNow();
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
      Connection connection = new Connection(socket, dispatcher, limits, timer);
      admitted = tryServe(connection) || tryRefuse(socket);
    } finally {
      if (!admitted) {
        closeQuietly(socket);
      }
    }
  }

  private boolean tryServe(Connection connection) {
    connections.add(connection);
    boolean begun = false;
    try {
      workers.execute(
          () -> {
            try {
              connection.run();
            } finally {
              connections.remove(connection);
            }
          });
      begun = true;
    } catch (RejectedExecutionException e) {
      LOG.warn("connection refused: connections={}", limits.maxConnections());
    } finally {
      if (!begun) {
        connections.remove(connection);
      }
    }
    return begun;
  }

  /** Says that there are too many connections: little enough to be written without waiting. */
  private boolean tryRefuse(Socket socket) throws IOException {
    UnavailableException failure =
        new UnavailableException(
            "connections must be at most " + limits.maxConnections() + ": try again later");
    socket.getOutputStream().write(Frames.encode(dispatcher.refuse(failure)));
    socket.shutdownOutput();
    lingering.add(socket);
    try {
      lingerers.execute(() -> lingerAndClose(socket));
      return true;
    } catch (RejectedExecutionException e) {
      lingering.remove(socket);
      return false;
    }
  }

  private void lingerAndClose(Socket socket) {
    try (socket) {
      LastWords.linger(socket, new DeadlineInput(socket));
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
