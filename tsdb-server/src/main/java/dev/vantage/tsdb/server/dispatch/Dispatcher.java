package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Envelope;
import dev.vantage.tsdb.protocol.Op;
import dev.vantage.tsdb.protocol.Request;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests from a database. Every request gets an answer, whatever goes wrong; failures are
 * logged, without the data of the request. Thread-safe.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Operations operations;
  private final Supplier<String> ids;
  private final RequestObserver observer;
  private volatile boolean stopped;

  /**
   * Makes a dispatcher.
   *
   * @param tsdb the database
   * @param timeout the most time that a request may take, above 0
   * @param ids makes an id for each request, which the log has with all that it says of the
   *     request, and the message of a fault too; called from any thread
   * @param observer is told of every request
   */
  public Dispatcher(Tsdb tsdb, Duration timeout, Supplier<String> ids, RequestObserver observer) {
    this.operations = new Operations(tsdb.withTimeout(timeout));
    this.ids = ids;
    this.observer = observer;
  }

  /** Answers no further requests but that the server is unavailable. */
  public void stop() {
    stopped = true;
  }

  /**
   * Begins to know a client.
   *
   * @param peer the address of the client
   * @return its session, for as long as its connection lasts
   */
  public Session open(String peer) {
    return new Session(peer, Role.WRITE);
  }

  /**
   * Answers a request.
   *
   * @param session who asks
   * @param body the body of its frame
   * @return the body of the frame of the answer
   */
  public byte[] answer(Session session, byte[] body) {
    Handling handling = new Handling(ids.get(), Optional.of(session.peer()));
    return handling.during(() -> answer(handling, body));
  }

  private byte[] answer(Handling handling, byte[] body) {
    try {
      Envelope envelope = handling.read(body);
      if (stopped) {
        throw new UnavailableException("server must not be shutting down: try again later");
      }
      Request request = handling.understood(envelope.request());
      byte[] answer = Response.ok(envelope, operations.run(request, handling)).encode();
      observer.answered(handling.answered());
      return answer;
    } catch (Throwable e) {
      // Even an Error is this request's failure alone: others need not suffer from it.
      return failure(handling, e);
    }
  }

  /**
   * Answers what is no request.
   *
   * @param failure why it is refused
   * @return the body of the frame of the answer
   */
  public byte[] refuse(Exception failure) {
    Handling handling = new Handling(ids.get(), Optional.empty());
    return handling.during(() -> failure(handling, failure));
  }

  private byte[] failure(Handling handling, Throwable failure) {
    Status status = Status.of(failure);
    String op = handling.op().map(Op::label).orElse("none");
    String message = failure.getMessage();
    if (status == Status.UNKNOWN_ERROR) {
      LOG.error("request failed: op={}, status={}", op, status, failure);
      message = "server must not fail, but did; its log says more: reference=" + handling.id();
    } else {
      LOG.info("request refused: op={}, status={}", op, status);
    }
    observer.answered(handling.failed(status, failure));
    return Response.failure(handling.envelope(), status, message).encode();
  }
}
