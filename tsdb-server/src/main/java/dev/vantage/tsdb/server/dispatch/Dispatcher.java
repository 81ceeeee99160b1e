package dev.vantage.tsdb.server.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Failures;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Envelope;
import dev.vantage.tsdb.protocol.op.FilePart;
import dev.vantage.tsdb.protocol.op.Hello;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.server.cache.Lookup;
import dev.vantage.tsdb.server.cache.ResultCache;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Executes requests on a database and encodes the answers. Thread-safe. Every request is answered,
 * whatever fails. Failures are logged without the data of the request.
 */
public final class Dispatcher {
  /** The operations besides searches that may have a condition. */
  private static final Set<Op> SCANS = Set.of(Op.IDS, Op.COUNT, Op.SELECT);

  private final Tsdb tsdb;
  private final ResultCache cache;
  private final RequestLimits limits;
  private final Lanes lanes;
  private final Gauges gauges;
  private final Supplier<String> ids;
  private final RequestObserver observer;
  private final LongAdder requests = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder busyMicros = new LongAdder();
  private final LongSupplier nanoTime;
  private final ClientLines lines;
  private final FailureLog failures;
  private final boolean readOnly;
  private volatile boolean stopped;

  /**
   * Makes a dispatcher.
   *
   * @param tsdb the database
   * @param cache keeps answers to searches
   * @param limits the limits on a request
   * @param lanes the workers and their queues; closed by {@link #close}
   * @param gauges receives the limits and counts of requests; {@code stats} answers its content
   * @param ids makes an id for each request, which its log lines and the message of an internal
   *     error contain; called from any thread
   * @param observer is notified of every request
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  public Dispatcher(
      Tsdb tsdb,
      ResultCache cache,
      RequestLimits limits,
      Lanes lanes,
      Gauges gauges,
      Supplier<String> ids,
      RequestObserver observer,
      LongSupplier nanoTime) {
    this.tsdb = tsdb;
    this.readOnly = tsdb.stats().readOnly();
    this.cache = cache;
    this.limits = limits;
    this.lanes = lanes;
    this.gauges = gauges;
    this.ids = ids;
    this.observer = observer;
    this.nanoTime = nanoTime;
    this.lines = new ClientLines(nanoTime);
    this.failures = new FailureLog(lines, nanoTime);
    limits.describe(gauges);
    gauges.load("requests", requests::sum);
    gauges.load("rejected", rejected::sum);
    gauges.load("timed_out", timedOut::sum);
    gauges.load("request_us", busyMicros::sum);
    lanes.describe(gauges);
  }

  /** {@return the limit on log lines that clients cause} */
  public ClientLines lines() {
    return lines;
  }

  /** From now on, answers every new request with UNAVAILABLE. */
  public void stop() {
    stopped = true;
  }

  /** Stops, and ends the workers after their current work. */
  public void close() {
    stop();
    lanes.close();
  }

  /**
   * Answers a request.
   *
   * @param session the session of the client
   * @param body the body of the request's frame
   * @param room accounts for the memory of the parsed request and of its answer; called from any
   *     thread, by one at a time
   * @param files sends the answers before the last one, of an operation that has several
   * @return the body of the frame of the last answer
   * @throws LostClientException if the client does not take an answer before the last one
   */
  public Body answer(Session session, Body body, Room room, FileSender files) {
    Handling handling = new Handling(ids.get(), session.peer(), nanoTime);
    RequestDeadline deadline = RequestDeadline.after(limits.timeout(), nanoTime);
    requests.increment();
    try {
      Envelope envelope =
          lanes.parse(
              body.length(),
              deadline,
              () -> handling.read(body, op -> roomForSeries(session, op), room));
      if (stopped) {
        throw new ShuttingDownException("server must not be shutting down: try again later");
      }
      handling.during(() -> session.check(handling.op()));
      if (handling.op().filter(Op::sendsFile).isPresent()) {
        return transfer(handling, envelope, room, files);
      }
      Optional<Lane> lane = lane(envelope.op());
      if (lane.isEmpty()) {
        return handling.during(() -> atOnce(session, handling, envelope, room));
      }
      if (envelope.passedOver()) {
        throw lane.get().full();
      }
      Lookup cached = lanes.parse(body.length(), deadline, () -> find(handling));
      if (cached.payload().isPresent()) {
        Body payload = cached.payload().get();
        room.take(payload.length());
        return handling.during(() -> answered(handling, envelope, payload));
      }
      return inTurn(
          mayScan(handling) ? lanes.of(handling.request()) : lane.get(),
          deadline,
          handling,
          () -> {
            session.check(handling.op()); // the token may have ended while the request waited
            return answer(handling, envelope, cached, deadline.remaining(), room);
          });
    } catch (LostClientException e) {
      ended(handling.failed(Status.UNAVAILABLE, e));
      throw e;
    } catch (Throwable e) {
      // Even an Error fails only this request.
      return handling.during(() -> failure(handling, e));
    }
  }

  /** Sends a file in parts. Returns the last part, which ends the request. */
  private Body transfer(Handling handling, Envelope envelope, Room room, FileSender files) {
    Body last =
        files.send(
            SentFile.of(handling.request().op()),
            (bytes, count, more) ->
                Response.encodeOk(
                    envelope.echo(), Json.toBody(FilePart.payload(bytes, count, more), room)));
    ended(handling.answered());
    return last;
  }

  /** Answers a request that needs no worker. */
  private Body atOnce(Session session, Handling handling, Envelope envelope, Room room) {
    return handling.op().equals(Optional.of(Op.HELLO))
        ? hello(session, handling, envelope)
        : answer(handling, envelope, Lookup.NONE, limits.timeout(), room);
  }

  /** Looks for a cached answer, which needs no worker. Only searches are cached. */
  private Lookup find(Handling handling) {
    if (!mayScan(handling)) {
      return Lookup.NONE;
    }
    Request request = handling.request();
    return request.op().searches() ? cache.find(request) : Lookup.NONE;
  }

  /** Returns whether the request may have a condition, on which its lane depends. */
  private static boolean mayScan(Handling handling) {
    return handling.op().filter(op -> op.searches() || SCANS.contains(op)).isPresent();
  }

  private Body inTurn(Lane lane, RequestDeadline deadline, Handling handling, Supplier<Body> work) {
    long begun = nanoTime.getAsLong();
    return lane.run(
        deadline,
        () -> {
          handling.queued(nanoTime.getAsLong() - begun);
          return handling.during(work);
        });
  }

  private Body answer(
      Handling handling, Envelope envelope, Lookup cached, Duration timeout, Room room) {
    Operations operations = new Operations(tsdb, cache, limits, gauges, lanes, timeout);
    Body payload = Json.toBody(operations.run(handling.request(), handling), room);
    if (handling.foundAll()) {
      cached.keep(payload);
    }
    return answered(handling, envelope, payload);
  }

  private Body answered(Handling handling, Envelope envelope, Body payload) {
    Body answer = Response.encodeOk(envelope.echo(), payload);
    ended(handling.answered());
    return answer;
  }

  private Body hello(Session session, Handling handling, Envelope envelope) {
    Hello hello = (Hello) handling.request();
    Role granted = session.hello(hello.token(), lines);
    Role access = readOnly && granted == Role.WRITE ? Role.READ : granted;
    return answered(handling, envelope, Json.toBody(Hello.payload(access), Room.ENDLESS));
  }

  private Optional<Lane> lane(Optional<String> op) {
    return op.flatMap(Op::ofLabel).flatMap(lanes::of);
  }

  /** Returns the maximum number of points to read: 0 for a request that will be refused anyway. */
  private int roomForSeries(Session session, Optional<String> op) {
    boolean refused = session.role() == Role.NONE || lane(op).filter(Lane::isFull).isPresent();
    return refused ? 0 : limits.maxPoints();
  }

  /**
   * Makes the answer to input that is not a request.
   *
   * @param peer the address of the client
   * @param failure why the input is refused
   * @return the body of the answer's frame
   */
  public Body refuse(String peer, Exception failure) {
    Handling handling = new Handling(ids.get(), peer, nanoTime);
    return handling.during(() -> failure(handling, failure));
  }

  private Body failure(Handling handling, Throwable failure) {
    Kind kind = kind(handling, failure);
    Status status = kind.status();
    failures.log(handling, status, failure);
    if (status == Status.UNAVAILABLE && !FailureLog.isOfStorage(failure)) {
      rejected.increment();
    }
    if (status == Status.DEADLINE_EXCEEDED) {
      timedOut.increment();
    }
    ended(handling.failed(status, failure));
    String message = message(handling, kind, failure);
    JsonNode details = Failures.details(failure);
    return Body.of(Response.failure(handling.echo(), kind, details, message).encode());
  }

  private static Kind kind(Handling handling, Throwable failure) {
    if (failure instanceof OutOfMemoryError && handling.op().filter(Op::writes).isEmpty()) {
      return Kind.BUSY; // a request that changes nothing can safely be tried again
    }
    // The client did not choose the location of the database.
    return failure instanceof InvalidLocationException ? Kind.INTERNAL : Kind.of(failure);
  }

  private static String message(Handling handling, Kind kind, Throwable failure) {
    if (kind == Kind.BUSY && failure instanceof OutOfMemoryError) {
      return "server must have memory for the request: try again later";
    }
    if (kind.status() != Status.UNKNOWN_ERROR) {
      return failure.getMessage();
    }
    // Operators need the cause of a storage failure, so its message is passed on.
    String problem = kind == Kind.INTERNAL ? "internal server error" : failure.getMessage();
    return problem + (problem.contains(": ") ? ", " : ": ") + "reference=" + handling.id();
  }

  private void ended(ObservedRequest request) {
    busyMicros.add(TimeUnit.NANOSECONDS.toMicros(request.totalNanos()));
    observer.answered(request);
  }
}
