package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Echo;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.SeriesRoom;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** The state of a request while it is answered. Not thread-safe; used by one thread at a time. */
final class Handling {
  /** The key of the request's id in its log lines. */
  private static final String LOGGED_AS = "request";

  private final String id;
  private final String peer;
  private final LongSupplier nanoTime;
  private final long begun;
  private Optional<Envelope> envelope = Optional.empty();
  private Optional<Request> request = Optional.empty();
  private Optional<SearchReport> report = Optional.empty();
  private long queuedNanos;

  Handling(String id, String peer, LongSupplier nanoTime) {
    this.id = id;
    this.peer = peer;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /** Runs work for this request. Lines that this thread logs meanwhile carry the request's id. */
  <T> T during(Supplier<T> work) {
    MDC.put(LOGGED_AS, id);
    try {
      return work.get();
    } finally {
      MDC.remove(LOGGED_AS);
    }
  }

  Envelope read(Body body, SeriesRoom series, Room room) {
    Envelope read = Envelope.read(body, series, room);
    envelope = Optional.of(read);
    return read;
  }

  /**
   * Returns the whole request. The first call parses and checks it; its envelope must have been
   * read.
   */
  Request request() {
    if (request.isEmpty()) {
      request = Optional.of(envelope.orElseThrow().request());
    }
    return request.get();
  }

  /** Adds a time in nanoseconds for which the request waited in a queue. */
  void queued(long nanos) {
    queuedNanos += nanos;
  }

  void searched(SearchReport found) {
    report = Optional.of(found);
  }

  /** Returns whether the request was a search with an exact answer. */
  boolean foundAll() {
    return report.filter(SearchReport::exact).isPresent();
  }

  String id() {
    return id;
  }

  String peer() {
    return peer;
  }

  /** Returns the fields that the answer repeats, as far as they could be read. */
  Echo echo() {
    return envelope.map(Envelope::echo).orElse(Echo.NONE);
  }

  Optional<Op> op() {
    return request.map(Request::op).or(() -> envelope.flatMap(Envelope::op).flatMap(Op::ofLabel));
  }

  ObservedRequest answered() {
    return ended(Status.OK, Optional.empty());
  }

  ObservedRequest failed(Status status, Throwable failure) {
    return ended(status, Optional.of(failure));
  }

  private ObservedRequest ended(Status status, Optional<Throwable> failure) {
    long total = nanoTime.getAsLong() - begun;
    return new ObservedRequest(
        id, peer, op(), request, status, queuedNanos, total, report, failure);
  }
}
