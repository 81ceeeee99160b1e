package dev.vantage.tsdb.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.FrameException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.FilePart;
import dev.vantage.tsdb.protocol.op.ListAttributes;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.Requests;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import dev.vantage.tsdb.protocol.op.Statistics;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Requests and their responses over the connections of a pool, with a timeout, and repeated where
 * that is safe. Thread-safe.
 */
final class ServerCalls {
  private final ConnectionPool pool;
  private final Duration timeout;

  /**
   * Makes calls.
   *
   * @param timeout of each call, with its repetitions
   */
  ServerCalls(ConnectionPool pool, Duration timeout) {
    this.pool = pool;
    this.timeout = timeout;
  }

  Duration timeout() {
    return timeout;
  }

  /** Opens the first connection. */
  void connect() {
    pool.open(end());
  }

  private long end() {
    return pool.end(timeout);
  }

  private static byte[] encoded(Request request) {
    return Requests.encode(request, Optional.empty());
  }

  /**
   * Sends a request, and again as long as the server is busy. A read is repeated once if its
   * connection breaks.
   *
   * @return the payload of the response
   */
  JsonNode payload(Request request) {
    byte[] body = encoded(request);
    long end = end();
    Backoff backoff = pool.backoff(end);
    Response response;
    do {
      response = answer(request.op(), body, end);
    } while (response.status() == Status.UNAVAILABLE && backoff.pause());
    if (response.status() != Status.OK) {
      throw refused(request, response);
    }
    return response.payload();
  }

  private Response answer(Op op, byte[] body, long end) {
    try {
      return exchange(body, end);
    } catch (SocketTimeoutException | FrameException e) {
      throw failure(op, e);
    } catch (IOException e) {
      if (op.writes()) {
        throw failure(op, e);
      }
      return exchangeAgain(op, body, end);
    }
  }

  /** Returns the exception that an embedded database would have thrown. */
  private RuntimeException refused(Request request, Response response) {
    if (response.kind().equals(Optional.of(Kind.INVALID_CONDITION))
        && request.where().isPresent()) {
      try {
        request.where().get().bind(ListAttributes.answer(payload(new ListAttributes())));
      } catch (InvalidConditionException e) {
        return e; // columns refer to the caller's text, but the server received the canonical text
      } catch (RuntimeException e) {
        // The response of the server is used.
      }
    }
    return Failures.toException(response);
  }

  private Response exchangeAgain(Op op, byte[] body, long end) {
    pool.closeIdle();
    try {
      return exchange(body, end);
    } catch (IOException e) {
      throw failure(op, e);
    }
  }

  private Response exchange(byte[] body, long end) throws IOException {
    try {
      return exchange(end, connection -> connection.ask(body));
    } catch (RefusedException e) {
      return e.response();
    }
  }

  /** A complete exchange of requests and responses on a connection. */
  private interface Conversation<T> {
    T on(ServerConnection connection) throws IOException;
  }

  private <T> T exchange(long end, Conversation<T> conversation) throws IOException {
    ServerConnection connection = pool.take(end);
    try {
      T result = connection.within(pool.left(end), () -> conversation.on(connection));
      pool.giveBack(connection);
      return result;
    } catch (IOException | RuntimeException | Error e) {
      pool.drop(connection);
      throw e;
    }
  }

  private RuntimeException failure(Op op, IOException cause) {
    String outcome = op.writes() ? "; it is unknown whether the request was executed" : "";
    if (cause instanceof SocketTimeoutException) {
      return new DeadlineExceededException(
          "server must answer in time" + outcome + ": op=" + op.label() + ", timeout=" + timeout);
    }
    String rule =
        cause instanceof FrameException
            ? "response must be valid for this client"
            : "connection must not break before the response";
    return new ConnectionException(
        rule
            + outcome
            + ": op="
            + op.label()
            + ", address="
            + ServerConnection.text(pool.address())
            + ", reason="
            + cause.getMessage(),
        cause);
  }

  /** Sends writes ahead of their responses, and again where that cannot store one twice. */
  <T> List<T> write(Op op, List<? extends WriteItem<T>> items) {
    long end = end();
    Backoff backoff = pool.backoff(end);
    BatchWrite<T> batch = new BatchWrite<>(items);
    if (batch.mayBeTooLong()) {
      batch.refuseAbove(longestFrame(end));
    }
    while (batch.openCount() > 0) {
      int before = batch.openCount();
      Optional<RuntimeException> failure = writeRest(op, batch, end);
      boolean isWaiting = batch.isBusy() || batch.openCount() == before;
      if (pool.left(end) <= 0) {
        batch.giveUp(
            new DeadlineExceededException(
                "server must answer in time; the change was not stored: op="
                    + op.label()
                    + ", timeout="
                    + timeout));
      } else if (isWaiting && (failure.isPresent() || !backoff.pause())) {
        batch.giveUp(failure.or(batch::refusal).orElseThrow());
      }
    }
    return batch.outcomes();
  }

  /** Sends the open items. Returns the failure if trying again would not help. */
  private Optional<RuntimeException> writeRest(Op op, BatchWrite<?> batch, long end) {
    try {
      exchange(end, batch::run);
      batch.settle(Optional.empty());
    } catch (RefusedException e) {
      batch.refuse(Failures.toException(e.response()));
    } catch (IOException e) {
      batch.settle(Optional.of(failure(op, e)));
    } catch (RuntimeException e) {
      if (!batch.hasBegun()) {
        throw e;
      }
      batch.settle(Optional.of(e));
      return Optional.of(e);
    }
    return Optional.empty();
  }

  /** Returns the maximum frame of the server in bytes, or the largest long if it is unknown. */
  private long longestFrame(long end) {
    try {
      Response response = exchange(encoded(new Statistics()), end);
      return Statistics.answer(response.payload())
          .server()
          .map(server -> server.limits().get("max_frame_bytes"))
          .orElse(Long.MAX_VALUE);
    } catch (IOException | RuntimeException e) {
      return Long.MAX_VALUE; // the server will refuse a series that is too long
    }
  }

  /**
   * Sends searches ahead of their responses. A read is repeated once if its connection breaks.
   *
   * @return the results, in the order of the requests
   */
  List<SearchResult> searchAll(int count, IntFunction<SimilarSeriesRequest> requests) {
    long end = end();
    Backoff backoff = pool.backoff(end);
    PipelinedSearch batch = new PipelinedSearch(count, requests);
    while (!batch.isComplete()) {
      Optional<Response> refused = searchMore(batch, end);
      if (refused.isPresent()
          && (refused.get().status() != Status.UNAVAILABLE || !backoff.pause())) {
        throw refused(batch.next(), refused.get());
      }
    }
    return batch.results();
  }

  /** Requests the remaining results, a second time if the connection breaks. */
  private Optional<Response> searchMore(PipelinedSearch batch, long end) {
    try {
      return searchRest(batch, end);
    } catch (SocketTimeoutException | FrameException e) {
      throw failure(batch.next().op(), e);
    } catch (IOException e) {
      pool.closeIdle();
      try {
        return searchRest(batch, end);
      } catch (IOException again) {
        throw failure(batch.next().op(), again);
      }
    }
  }

  private Optional<Response> searchRest(PipelinedSearch batch, long end) throws IOException {
    try {
      return exchange(end, batch::run);
    } catch (RefusedException e) {
      return Optional.of(e.response());
    }
  }

  /** Writes the parts of a file that the server sends. The timeout is that of each part. */
  void receive(Request request, Path file) {
    try (ReceivedFile received = ReceivedFile.beside(file, request.op())) {
      ServerConnection connection = pool.take(end());
      try {
        connection.within(pool.left(end()), () -> send(connection, request));
        boolean more = true;
        while (more) {
          Response response = connection.within(pool.left(end()), connection::receiveAny);
          if (response.status() != Status.OK) {
            throw Failures.toException(response);
          }
          FilePart part = FilePart.answer(response.payload());
          received.add(part.bytes());
          more = part.more();
        }
        pool.giveBack(connection);
      } catch (IOException | RuntimeException | Error e) {
        pool.drop(connection);
        throw e;
      }
      received.complete();
    } catch (RefusedException e) {
      throw Failures.toException(e.response());
    } catch (IOException e) {
      throw failure(request.op(), e);
    }
  }

  private static boolean send(ServerConnection connection, Request request) throws IOException {
    connection.send(encoded(request));
    return true;
  }
}
