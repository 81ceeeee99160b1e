package dev.vantage.tsdb.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.ProtocolException;
import dev.vantage.tsdb.protocol.Request;
import dev.vantage.tsdb.protocol.Requests;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Sends requests and waits for their responses, over whichever connection is free. Thread-safe. */
final class Transport implements AutoCloseable {
  private final ClientOptions options;
  private final ConnectionPool pool;
  private final Watchdog watchdog = new Watchdog();

  Transport(InetSocketAddress address, ClientOptions options) {
    this.options = options;
    pool = new ConnectionPool(address, options);
  }

  ClientOptions options() {
    return options;
  }

  /** The answer to a request that changes nothing; asked again if the connection breaks. */
  JsonNode read(Request request, Deadline deadline) {
    return ask(request, deadline, true);
  }

  /** The answer to a request that changes something; never sent twice. */
  JsonNode write(Request request, Deadline deadline) {
    return ask(request, deadline, false);
  }

  private JsonNode ask(Request request, Deadline deadline, boolean repeatable) {
    byte[] frame = encode(request);
    Response response =
        with(
            deadline,
            repeatable,
            use -> {
              use.send(frame);
              return use.receive(request);
            });
    if (response.status() != Status.OK) {
      throw Failures.toException(request.op(), response);
    }
    return response.payload();
  }

  /** The bytes to send for a request. */
  byte[] encode(Request request) {
    byte[] frame = Frames.encode(Requests.encode(request, Optional.empty()));
    if (frame.length > options.maxFrame()) {
      throw new InvalidRequestException(
          "request must have at most " + options.maxFrame() + " bytes: bytes=" + frame.length);
    }
    return frame;
  }

  /**
   * Borrows a connection for some work, and another if the first one breaks and that is safe: the
   * work may be repeated, or none of it has left this side.
   */
  <T> T with(Deadline deadline, boolean repeatable, Work<T> work) {
    try {
      return attempt(deadline, work);
    } catch (BrokenException e) {
      if (deadline.hasPassed() || !(repeatable || e.isUnsent())) {
        throw e.toException(deadline, repeatable);
      }
    }
    try {
      return attempt(deadline, work);
    } catch (BrokenException e) {
      throw e.toException(deadline, repeatable);
    }
  }

  private <T> T attempt(Deadline deadline, Work<T> work) throws BrokenException {
    Connection connection = pool.borrow(deadline);
    Use use = new Use(connection, deadline);
    boolean isGood = false;
    try {
      T result = work.run(use);
      isGood = use.isReusable;
      return result;
    } catch (IOException e) {
      throw new BrokenException(e, use.isUnsent(), use.hasExpired);
    } finally {
      if (isGood) {
        pool.giveBack(connection);
      } else {
        pool.discard(connection);
      }
    }
  }

  /** Waits for the calls under way. */
  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }

  /** Something to do with a connection. */
  interface Work<T> {
    T run(Use use) throws IOException;
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** A borrowed connection, and the time there is for it. */
  final class Use {
    private final Connection connection;
    private final Deadline deadline;
    private final long sentBefore;
    private boolean hasExpired;
    private boolean isReusable = true;

    private Use(Connection connection, Deadline deadline) {
      this.connection = connection;
      this.deadline = deadline;
      sentBefore = connection.sentBytes();
    }

    /** Whether no byte has been sent in this use, so that the server cannot have done anything. */
    private boolean isUnsent() {
      return connection.sentBytes() == sentBefore;
    }

    void send(byte[] frame) throws IOException {
      timed(
          () -> {
            connection.send(frame);
            return true;
          });
    }

    /** The next response, which is to this request. */
    Response receive(Request request) throws IOException {
      Response response = timed(connection::receive);
      String op = request.op().label();
      if (!response.op().orElse(op).equals(op)) {
        throw new ProtocolException(
            "response must be to the request: op=" + response.op() + ", request=" + op);
      }
      // After these the server may close the connection.
      isReusable &=
          response.status() != Status.UNAVAILABLE && response.status() != Status.INVALID_OPERATION;
      return response;
    }

    private <T> T timed(Step<T> step) throws IOException {
      Watchdog.Watch watch = watchdog.watch(connection, deadline.left());
      try (watch) {
        return step.run();
      } finally {
        hasExpired |= watch.hasExpired();
      }
    }
  }
}
