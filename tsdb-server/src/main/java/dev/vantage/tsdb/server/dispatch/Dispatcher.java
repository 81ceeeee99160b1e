package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Envelope;
import dev.vantage.tsdb.protocol.Op;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.Status;
import java.net.SocketAddress;
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
  private final Supplier<String> references;
  private volatile boolean stopped;

  /**
   * Makes a dispatcher.
   *
   * @param tsdb the database
   * @param timeout the most time that a request may take, above 0
   * @param references makes the references that connect the message of a fault with the log; called
   *     from any thread
   */
  public Dispatcher(Tsdb tsdb, Duration timeout, Supplier<String> references) {
    this.operations = new Operations(tsdb.withTimeout(timeout));
    this.references = references;
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
  public Session open(SocketAddress peer) {
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
    Optional<Envelope> envelope = Optional.empty();
    try {
      envelope = Optional.of(Envelope.read(body));
      if (stopped) {
        throw new UnavailableException("server must not be shutting down: try again later");
      }
      return Response.ok(envelope.get(), operations.run(envelope.get().request())).encode();
    } catch (Throwable e) {
      // Even an Error is this request's failure alone: others need not suffer from it.
      return failure(envelope, e);
    }
  }

  /**
   * Answers what is no request.
   *
   * @param failure why it is refused
   * @return the body of the frame of the answer
   */
  public byte[] refuse(Exception failure) {
    return failure(Optional.empty(), failure);
  }

  private byte[] failure(Optional<Envelope> envelope, Throwable failure) {
    Status status = Status.of(failure);
    String op = envelope.flatMap(Envelope::op).flatMap(Op::ofLabel).map(Op::label).orElse("none");
    String message = failure.getMessage();
    if (status == Status.UNKNOWN_ERROR) {
      String reference = references.get();
      LOG.error("request failed: op={}, status={}, reference={}", op, status, reference, failure);
      message = "server must not fail, but did; its log says more: reference=" + reference;
    } else {
      LOG.info("request refused: op={}, status={}", op, status);
    }
    return Response.failure(envelope, status, message).encode();
  }
}
