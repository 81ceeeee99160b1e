package dev.vantage.tsdb.server.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.FrameException;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import dev.vantage.tsdb.server.dispatch.FileSender;
import dev.vantage.tsdb.server.dispatch.LostClientException;
import dev.vantage.tsdb.server.dispatch.SentFile;
import dev.vantage.tsdb.server.dispatch.Session;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one client on one thread, until the client or the server ends the connection. Not
 * thread-safe, except for the methods marked "any thread".
 *
 * <pre>{@code
 * ACCEPTED --first byte--> HANDSHAKE --only one side uses TLS--> LINGERING
 *                              | done
 *                              v
 *   .------answer sent-----> IDLE
 *   |                          | first byte
 *   |                          v
 *   |                      RECEIVING --frame refused--> LINGERING
 *   |                          | last byte
 *   |                          v
 *   '---------------------- ANSWERING --session over--> LINGERING
 *
 * LINGERING --client closed, or 5 s--> CLOSED <--client closed, failure, deadline-- any state
 * }</pre>
 *
 * <p>{@link #stop} ends ACCEPTED, IDLE and LINGERING, gives HANDSHAKE and RECEIVING 500 ms, and
 * lets ANSWERING send its answer. A client whose hello is still due gets neither.
 */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** The time for the rest of a frame or of a handshake while the server stops. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Transport line;
  private final FrameReader frames;
  private final Dispatcher dispatcher;
  private final Session session;
  private final Limits limits;
  private final RequestMemory memory;
  private final FileTransfers transfers;
  private final Runnable admitted;
  private final LongSupplier nanoTime;
  private final ConnectionDeadline expectation;
  private final long begun;

  /** Whether no hello was accepted yet. Stays false when the token of the client ends later. */
  private volatile boolean awaitsHello;

  @GuardedBy("this")
  private boolean idle;

  /** Whether the thread waits for the rest of a frame, or of a TLS handshake. */
  @GuardedBy("this")
  private boolean receiving;

  @GuardedBy("this")
  private boolean stopping;

  private String lateness = "no deadline passed";
  private long requests;
  private long received;
  private long sent;

  Connection(
      Socket socket,
      AccessControl access,
      Dispatcher dispatcher,
      Limits limits,
      ByteBudget budget,
      FileTransfers transfers,
      Runnable admitted,
      LongSupplier nanoTime)
      throws IOException {
    this.line = new Transport(socket, access.protection(), nanoTime);
    this.frames = new FrameReader(line.in(), limits.maxFrame());
    this.dispatcher = dispatcher;
    this.session =
        new Session(String.valueOf(socket.getRemoteSocketAddress()), access.authenticator());
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.expectation = new ConnectionDeadline(nanoTime);
    this.begun = nanoTime.getAsLong();
    this.transfers = transfers;
    this.admitted = admitted;
    this.awaitsHello = isStranger();
    this.memory =
        new RequestMemory(RequestMemory.FREE_BYTES, budget, bytes -> noRoom(budget, bytes));
  }

  @Override
  public void run() {
    String end = "fault";
    try {
      end = serve();
      expect(limits.responseTimeout(), end);
      line.sayGoodbye();
    } catch (IOException e) {
      end = failed(e);
    } catch (Throwable e) {
      LOG.error("connection failed", e);
    } finally {
      abort();
      memory.keep(0);
      log(end);
    }
  }

  private void log(String end) {
    if (!LOG.isDebugEnabled()) {
      return; // the line would count among those that the client may cause
    }
    dispatcher
        .lines()
        .of(session.peer(), LOG.atDebug())
        .ifPresent(
            line ->
                line.addKeyValue("requests", requests)
                    .addKeyValue("received_bytes", received)
                    .addKeyValue("sent_bytes", sent)
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - begun))
                    .addKeyValue("end", end)
                    .log("connection ended"));
  }

  private String failed(IOException failure) {
    if (expectation.isOver()) {
      return lateness;
    }
    // Under TLS the end of the input is a failure.
    return isStopping() ? "server stopped" : "connection failed: " + failure.getMessage();
  }

  /** Any thread: ends the connection as soon as no request is in flight. */
  synchronized void stop() {
    stopping = true;
    if (idle) {
      try {
        // The thread that waits for a frame reads the end of the stream.
        line.shutdownInput();
      } catch (IOException e) {
        abort();
      }
    } else if (awaitsHello) {
      abort(); // before a hello is accepted, nothing counts as a request in flight
    } else if (receiving) {
      // A partial frame was not executed, and a complete one would only be refused.
      try {
        expect(GRACE, "server stopped");
      } catch (IOException e) {
        LOG.debug("connection ends already", e);
      }
    }
  }

  /** Any thread: ends the connection at once. */
  void abort() {
    try {
      line.abort();
    } catch (IOException e) {
      LOG.debug("socket could not be closed", e);
    }
  }

  /** Any thread: ends the connection if its deadline has passed. */
  void endIfDue() {
    if (expectation.giveUp()) {
      abort();
    }
  }

  /** Serves requests until the connection is to end. Returns the reason, for the log. */
  private String serve() throws IOException {
    Optional<String> refused = begin();
    if (refused.isPresent()) {
      return refused.get();
    }
    while (mayWait()) {
      expectFrame();
      if (!frames.awaitFrame()) {
        return isStopping() ? "server stopped" : "client closed";
      }
      if (!mayServe()) {
        return "server stopped";
      }
      Body body;
      try {
        expectRest("frame took too long to arrive");
        body = frames.readBody(isStranger() ? roomOfStrangers() : memory);
        arrived();
      } catch (EOFException e) {
        return "client closed inside a frame";
      } catch (FrameException e) {
        return refuse(e, "frame has an invalid length");
      } catch (UnauthenticatedException e) {
        memory.keep(0);
        return refuse(e, "frame before hello is too long");
      } catch (UnavailableException e) {
        memory.keep(0);
        return refuse(e, "too little memory for a frame");
      } catch (OutOfMemoryError e) {
        return refuse(
            new UnavailableException("server must have memory for the frame: try again later"),
            "no memory for a frame");
      }
      requests++;
      received += Frames.HEADER_BYTES + body.length();
      answer(body);
      if (session.isOver()) {
        linger();
        return "client not authenticated";
      }
    }
    return "server stopped";
  }

  /** Waits for the first byte and does the TLS handshake. Returns why no frame follows, if so. */
  private Optional<String> begin() throws IOException {
    if (!mayWait()) {
      return Optional.of("server stopped");
    }
    expectFrame();
    if (!line.awaitFirstByte()) {
      return Optional.of(isStopping() ? "server stopped" : "client closed");
    }
    if (!mayServe()) {
      return Optional.of("server stopped");
    }
    expectRest("handshake took too long");
    if (line.beginsWithTls() != line.isSecured()) {
      String found = line.isSecured() ? "none" : "TLS";
      String rule = line.isSecured() ? Frames.TLS_EXPECTED : Frames.NO_TLS_EXPECTED;
      InvalidOperationException refusal = new InvalidOperationException(Kind.UNSUPPORTED, rule);
      line.sendInTheClear(dispatcher.refuse(session.peer(), refusal));
      linger();
      return Optional.of("client must use TLS exactly if the server does: found=" + found);
    }
    line.handshake();
    arrived();
    return Optional.empty();
  }

  private void expectFrame() throws IOException {
    if (awaitsHello) {
      expect(timeOfStranger(), "client not authenticated in time");
    } else {
      expect(limits.idleTimeout(), "idle for too long");
    }
  }

  /** Sets the deadline for the rest of a frame or of a handshake. */
  private synchronized void expectRest(String otherwise) throws IOException {
    receiving = true;
    if (stopping) {
      expect(GRACE, "server stopped");
    } else {
      expect(awaitsHello ? timeOfStranger() : limits.frameTimeout(), otherwise);
    }
  }

  /** Removes the deadline: the frame or the handshake is complete. */
  private synchronized void arrived() throws IOException {
    receiving = false;
    expectation.nothing();
  }

  /** Returns the time left for a hello to be accepted, counted from the start of the connection. */
  private Duration timeOfStranger() {
    Duration all = Collections.min(List.of(limits.helloTimeout(), limits.frameTimeout()));
    return all.minusNanos(nanoTime.getAsLong() - begun);
  }

  /**
   * Returns whether the client has no access now, so that its frames may take only little memory.
   */
  private boolean isStranger() {
    return session.role() == Role.NONE;
  }

  private void answer(Body body) throws IOException {
    try {
      Body answer = dispatcher.answer(session, body, memory, this::sendFile);
      if (awaitsHello && !isStranger()) {
        // Before the answer is sent: an accepted client must not be evicted to make room.
        awaitsHello = false;
        admitted.run();
      }
      memory.keep(answer.length());
      send(answer);
    } catch (LostClientException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    } finally {
      memory.keep(0);
    }
  }

  /** Returns a memory limit for short frames: any hello fits, longer frames are refused. */
  private static Room roomOfStrangers() {
    return new RequestMemory(
        FrameReader.FREE_BYTES, new ByteBudget(0), bytes -> Session.helloMustComeFirst());
  }

  private static RuntimeException noRoom(ByteBudget budget, long bytes) {
    return new UnavailableException(
        "large requests and answers must take at most "
            + budget.most()
            + " bytes of memory together: wanted="
            + bytes
            + "; hint: try again later");
  }

  private void expect(Duration within, String otherwise) throws IOException {
    lateness = otherwise;
    expectation.within(within);
  }

  /** Becomes idle. While stopping, true only if bytes of another frame have arrived already. */
  private synchronized boolean mayWait() throws IOException {
    idle = !stopping;
    return idle || line.hasMore();
  }

  /** Stops being idle. False if the input was shut down meanwhile. */
  private synchronized boolean mayServe() {
    boolean shut = idle && stopping;
    idle = false;
    return !shut;
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /**
   * Answers a frame that was not read to its end, so that the start of the next frame is unknown.
   */
  private String refuse(Exception failure, String end) throws IOException {
    arrived();
    send(dispatcher.refuse(session.peer(), failure));
    linger();
    return end;
  }

  private void linger() throws IOException {
    // TLS has to send a close message, and the client may not read.
    expect(
        limits.responseTimeout().plus(LingeringClose.PATIENCE),
        "client did not close the connection");
    synchronized (this) {
      idle = true;
      if (stopping) {
        return;
      }
    }
    line.linger();
  }

  private Body sendFile(SentFile file, FileSender.Parts parts) {
    return transfers.run(file, parts, this::sendPart);
  }

  /** Sends a part of an answer. The next part may take any time to prepare. */
  private void sendPart(Body body) throws IOException {
    try {
      send(body);
      expectation.nothing();
    } finally {
      memory.keep(0);
    }
  }

  private void send(Body body) throws IOException {
    expect(limits.responseTimeout(), "client took too long to receive the answer");
    line.send(body);
    sent += Frames.HEADER_BYTES + body.length();
  }
}
