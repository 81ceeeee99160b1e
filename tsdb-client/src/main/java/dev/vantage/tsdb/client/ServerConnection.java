package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;

/** One connection to a server. Not thread-safe, except for {@link #abort}. */
final class ServerConnection implements AutoCloseable {
  private final InetSocketAddress address;

  /** The raw socket, also under TLS. Closing it never blocks. */
  private final Socket base;

  private final Socket socket;
  private final FrameReader frames;
  private final ClientOptions options;
  private boolean refused;

  private final AtomicLong responses = new AtomicLong();

  private ServerConnection(
      InetSocketAddress address, Socket base, Socket socket, ClientOptions options)
      throws IOException {
    this.address = address;
    this.base = base;
    this.socket = socket;
    frames = new FrameReader(new BufferedInputStream(socket.getInputStream()), options.maxFrame());
    this.options = options;
  }

  /** Connects. {@link #handshake} starts TLS. */
  static ServerConnection open(InetSocketAddress address, ClientOptions options, Optional<Tls> tls)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, milliseconds(options.connectTimeout()));
      Socket over = tls.isPresent() ? tls.get().over(socket, address) : socket;
      return new ServerConnection(address, socket, over, options);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** Sends requests and receives responses. */
  interface Exchange<T> {
    T run() throws IOException;
  }

  /**
   * Runs an exchange, and closes the connection if it is not done in time. Socket timeouts do not
   * end a send that blocks because the server does not read.
   *
   * @param nanoseconds how long the exchange may take; 0 or less if no time is left
   * @throws SocketTimeoutException if the exchange was not done in time
   */
  <T> T within(long nanoseconds, Exchange<T> exchange) throws IOException {
    CompletableFuture<Void> alarm = alarm(nanoseconds);
    notice(alarm, nanoseconds);
    try {
      T result = exchange.run();
      if (alarm.complete(null)) {
        return result;
      }
      throw new SocketTimeoutException("no time is left"); // the connection is closed by now
    } catch (IOException e) {
      throw alarm.complete(null) ? e : new SocketTimeoutException("no time is left");
    } finally {
      alarm.complete(null);
    }
  }

  /** Runs the notice if no response arrives in its time, unless the alarm is completed before. */
  @SuppressWarnings("FutureReturnValueIgnored") // a notice that fails does no harm
  private void notice(CompletableFuture<Void> alarm, long nanoseconds) {
    long after = options.noticeAfter().toNanos();
    if (after < nanoseconds) {
      long before = responses.get();
      alarm
          .thenApply(done -> true)
          .completeOnTimeout(false, after, TimeUnit.NANOSECONDS)
          .thenAccept(
              done -> {
                if (!done && responses.get() == before) {
                  options.notice().run();
                }
              });
    }
  }

  /** Closes the connection after a time, unless the returned future is completed before. */
  @SuppressWarnings("FutureReturnValueIgnored") // aborting does not fail
  private CompletableFuture<Void> alarm(long nanoseconds) {
    CompletableFuture<Void> alarm = new CompletableFuture<>();
    alarm
        .orTimeout(Math.max(0, nanoseconds), TimeUnit.NANOSECONDS)
        .whenComplete(
            (nothing, timeout) -> {
              if (timeout != null) {
                abort();
              }
            });
    return alarm;
  }

  /** Sends a request and waits for its response, even if the server does not read all of it. */
  Response ask(byte[] body) throws IOException {
    try {
      send(body);
    } catch (IOException e) {
      try {
        return receiveAny();
      } catch (IOException nothingSaid) {
        throw e;
      }
    }
    return receiveAny();
  }

  void send(byte[] body) throws IOException {
    socket.getOutputStream().write(Frames.encode(body));
  }

  void handshake() throws IOException {
    if (socket instanceof SSLSocket secured) {
      Tls.handshake(secured);
    }
  }

  /**
   * Waits for the next response.
   *
   * @throws RefusedException if the server refuses the connection because a limit is reached
   * @throws ConnectionException if the server expects TLS and this connection has none
   */
  Response receive() throws IOException {
    Response response = receiveAny();
    if (response.status() == Status.UNAVAILABLE && response.op().isEmpty()) {
      throw new RefusedException(response);
    }
    return response;
  }

  /**
   * Waits for the next response, also one after which the server closes the connection.
   *
   * @throws ConnectionException if the server expects TLS and this connection has none
   */
  Response receiveAny() throws IOException {
    byte[] body =
        frames.read().orElseThrow(() -> new EOFException("the server closed the connection"));
    responses.incrementAndGet();
    Response response = Response.decode(body);
    if (response.op().isEmpty() && response.kind().equals(Optional.of(Kind.UNSUPPORTED))) {
      throw new ConnectionException(
          "server must be connected to with --tls: address=" + text(address));
    }
    refused = mayBeClosedAfter(response);
    return response;
  }

  /**
   * Returns whether the server may close the connection after a response, because the client is not
   * authenticated or the request could not be read. If it does, later requests on the connection
   * were not executed.
   */
  static boolean mayBeClosedAfter(Response response) {
    return response.status() == Status.UNAUTHENTICATED
        || response.status() != Status.OK && response.op().isEmpty();
  }

  /**
   * Returns whether the last response was a refusal, so that the connection must not be used again.
   */
  boolean isRefused() {
    return refused;
  }

  /** Returns whether the server has closed the idle connection, or sent an unexpected response. */
  boolean isStale() {
    try {
      socket.setSoTimeout(1);
      frames.awaitFrame();
      return true; // the end of the stream, or an unexpected response
    } catch (SocketTimeoutException e) {
      return !isPatientAgain(); // an idle connection has nothing to read
    } catch (IOException e) {
      return true;
    }
  }

  private boolean isPatientAgain() {
    try {
      socket.setSoTimeout(0);
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  private static int milliseconds(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
  }

  /** Any thread: closes the connection at once, also while another thread sends or receives. */
  void abort() {
    closeQuietly(base);
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The connection is given up either way.
    }
  }
}
