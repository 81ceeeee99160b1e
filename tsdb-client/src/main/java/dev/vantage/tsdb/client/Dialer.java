package dev.vantage.tsdb.client;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Hello;
import dev.vantage.tsdb.protocol.op.Requests;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Opens connections to one server, with TLS and hello completed if the options require them.
 * Thread-safe.
 */
final class Dialer {
  private final InetSocketAddress address;
  private final ClientOptions options;
  private final Optional<Tls> tls;

  Dialer(InetSocketAddress address, ClientOptions options) {
    this.address = address;
    this.options = options;
    this.tls =
        options.security().tls()
            ? Optional.of(Tls.of(options.security().authorities()))
            : Optional.empty();
  }

  InetSocketAddress address() {
    return address;
  }

  /**
   * Connects. Tries several times, because a starting server refuses connections.
   *
   * @throws RefusedException if the server refuses the connection because a limit is reached
   */
  ServerConnection dial() throws RefusedException {
    IOException failure = null;
    for (int attempt = 0; attempt < options.connectTries(); attempt++) {
      try {
        return dialOnce();
      } catch (RefusedException e) {
        throw e;
      } catch (SSLException e) {
        if (!(e.getCause() instanceof EOFException)) {
          // Another try would fail in the same way, and the reason of Java says no more.
          throw new ConnectionException(
              Tls.words(e) + ": address=" + ServerConnection.text(address), e);
        }
        failure = e;
      } catch (IOException e) {
        failure = e;
      }
    }
    String rule =
        tls.isPresent() && failure instanceof SocketTimeoutException
            ? "server must be reachable, and use TLS"
            : "server must be reachable";
    throw failure(rule, Objects.requireNonNull(failure, "failure")); // there was at least one try
  }

  private ConnectionException failure(String rule, IOException cause) {
    // The message of the failure is only the name, which is in the address.
    String reason = cause instanceof UnknownHostException ? "unknown host" : cause.getMessage();
    return new ConnectionException(
        rule
            + ": address="
            + ServerConnection.text(address)
            + ", tries="
            + options.connectTries()
            + ", reason="
            + reason,
        cause);
  }

  private ServerConnection dialOnce() throws IOException {
    ServerConnection connection = ServerConnection.open(address, options, tls);
    try {
      if (tls.isPresent() || options.security().token().isPresent()) {
        connection.within(options.connectTimeout().toNanos(), () -> greet(connection));
      }
      return connection;
    } catch (IOException | RuntimeException | Error e) {
      connection.abort();
      throw e;
    }
  }

  private ServerConnection greet(ServerConnection connection) throws IOException {
    connection.handshake();
    if (options.security().token().isPresent()) {
      Optional<AccessToken> token = options.security().token();
      connection.send(Requests.encode(new Hello(token), Optional.empty()));
      Response response = connection.receive();
      if (response.status() != Status.OK) {
        throw Failures.toException(response);
      }
    }
    return connection;
  }
}
