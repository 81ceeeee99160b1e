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
import javax.net.ssl.SSLSocket;

/** One connection to a server. For one thread at a time. */
final class ServerConnection implements AutoCloseable {
  private final InetSocketAddress address;

  /** What is under TLS, if anything is: to close it waits for nobody. */
  private final Socket base;

  private final Socket socket;
  private final FrameReader frames;
  private boolean refused;

  private ServerConnection(InetSocketAddress address, Socket base, Socket socket, int maxFrame)
      throws IOException {
    this.address = address;
    this.base = base;
    this.socket = socket;
    frames = new FrameReader(new BufferedInputStream(socket.getInputStream()), maxFrame);
  }

  /** Connects; what TLS has to say first is said by {@link #handshake}. */
  static ServerConnection open(InetSocketAddress address, ClientOptions options, Optional<Tls> tls)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, milliseconds(options.connectTimeout()));
      Socket over = tls.isPresent() ? tls.get().over(socket, address) : socket;
      return new ServerConnection(address, socket, over, options.maxFrame());
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
   * Runs an exchange, and ends it at a time of {@link System#nanoTime} by closing the connection: a
   * server that does not read holds up sending, which no timeout of a socket ends.
   *
   * @throws SocketTimeoutException if the time came first
   */
  <T> T until(long end, Exchange<T> exchange) throws IOException {
    CompletableFuture<Void> alarm = alarm(end);
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

  /** Closes the connection at a time, unless it is completed before. */
  private CompletableFuture<Void> alarm(long end) {
    CompletableFuture<Void> alarm = new CompletableFuture<>();
    alarm
        .orTimeout(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
        .whenComplete(
            (nothing, timeout) -> {
              if (timeout != null) {
                abort();
              }
            });
    return alarm;
  }

  /** Sends a request and waits for its response, also where the server does not take all of it. */
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
   * @throws RefusedException if the server has no room for the connection
   * @throws ConnectionException if the server wants TLS, and has none on this connection
   */
  Response receive() throws IOException {
    Response response = receiveAny();
    if (response.status() == Status.UNAVAILABLE && response.op().isEmpty()) {
      throw new RefusedException(response);
    }
    return response;
  }

  /**
   * Waits for the next response, whatever it is.
   *
   * @throws ConnectionException if the server wants TLS, and has none on this connection
   */
  Response receiveAny() throws IOException {
    byte[] body =
        frames.read().orElseThrow(() -> new EOFException("the server closed the connection"));
    Response response = Response.decode(body);
    if (response.op().isEmpty() && response.kind().equals(Optional.of(Kind.UNSUPPORTED))) {
      throw new ConnectionException(
          "server must be connected to with --tls: address=" + text(address));
    }
    refused = mayBeClosedAfter(response);
    return response;
  }

  /**
   * Whether the server may close the connection after a response: it does not know who asks, or
   * could not read the request. If it does, requests that were sent behind that one were not
   * executed.
   */
  static boolean mayBeClosedAfter(Response response) {
    return response.status() == Status.UNAUTHENTICATED
        || response.status() != Status.OK && response.op().isEmpty();
  }

  /** Whether the last response was such a one: the connection is not to be used again. */
  boolean isRefused() {
    return refused;
  }

  /** Whether the server has closed an idle connection, or sent what nobody asked for. */
  boolean isStale() {
    try {
      socket.setSoTimeout(1);
      frames.awaitFrame();
      return true; // the end of the stream, or words that nobody asked for
    } catch (SocketTimeoutException e) {
      return !isPatientAgain(); // silence is what an idle connection should hold
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

  /** Closes at once, whatever is being sent or received. Any thread may call this. */
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
