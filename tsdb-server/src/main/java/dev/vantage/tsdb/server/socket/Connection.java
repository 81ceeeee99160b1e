package dev.vantage.tsdb.server.socket;

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
import dev.vantage.tsdb.server.dispatch.Session;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, served by the thread that runs this until either side is done. It is idle while it
 * waits for a frame to begin, and ends when it is told to stop then. A frame that has begun to
 * arrive gets a short grace; a request that has arrived is answered first.
 */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** How long the rest of a frame may take to arrive while the server stops. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Transport line;
  private final FrameReader frames;
  private final Dispatcher dispatcher;
  private final Session session;
  private final Limits limits;
  private final RequestMemory memory;
  private final Runnable letIn;
  private final ConnectionDeadline expectation = new ConnectionDeadline();
  private final long begun = System.nanoTime();

  /** Whether the client still has to say hello; later, it is no stranger that loses its token. */
  private volatile boolean awaitsHello;

  private boolean idle;

  /** Whether the thread waits for the rest of a frame, or of a TLS handshake. */
  private boolean receiving;

  private boolean stopping;
  private String lateness = "nothing was late";
  private long requests;
  private long received;
  private long sent;

  Connection(
      Socket socket,
      AccessControl entrance,
      Dispatcher dispatcher,
      Limits limits,
      ByteBudget budget,
      Runnable letIn)
      throws IOException {
    this.line = new Transport(socket, entrance.protection());
    this.frames = new FrameReader(line.in(), limits.maxFrame());
    this.dispatcher = dispatcher;
    this.session =
        new Session(String.valueOf(socket.getRemoteSocketAddress()), entrance.doorkeeper());
    this.limits = limits;
    this.letIn = letIn;
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
    dispatcher
        .lines()
        .of(session.peer(), LOG.atInfo())
        .ifPresent(
            line ->
                line.addKeyValue("requests", requests)
                    .addKeyValue("received_bytes", received)
                    .addKeyValue("sent_bytes", sent)
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
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

  /** Ends the connection as soon as nothing is in flight. Any thread may call this. */
  synchronized void stop() {
    stopping = true;
    if (idle) {
      try {
        // The thread that waits for a frame finds the end of the stream.
        line.shutdownInput();
      } catch (IOException e) {
        abort();
      }
    } else if (awaitsHello) {
      abort(); // half a frame of a stranger is no request in flight
    } else if (receiving) {
      // Half a frame was not executed, and the whole of it would only be refused.
      try {
        expect(GRACE, "server stopped");
      } catch (IOException e) {
        LOG.debug("connection ends already", e);
      }
    }
  }

  /** Ends the connection at once. Any thread may call this. */
  void abort() {
    try {
      line.abort();
    } catch (IOException e) {
      LOG.debug("socket could not be closed", e);
    }
  }

  /** Ends the connection if what it waits for has not come in time. Any thread may call this. */
  void endIfDue() {
    if (expectation.giveUp()) {
      abort();
    }
  }

  /** Serves until there is nothing more to serve, and says why. */
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
        return refuse(e, "frame of a bad length");
      } catch (UnavailableException | UnauthenticatedException e) {
        memory.keep(0);
        return refuse(e, "no room for a frame");
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
        return "client was not let in";
      }
    }
    return "server stopped";
  }

  /** Does what comes before the first frame; says why there will be none. */
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
      return Optional.of("client must and must not use TLS as the server does: found=" + found);
    }
    line.handshake();
    arrived();
    return Optional.empty();
  }

  private void expectFrame() throws IOException {
    if (awaitsHello) {
      expect(timeOfStranger(), "client was not let in in time");
    } else {
      expect(limits.idleTimeout(), "idle for too long");
    }
  }

  /** Expects the rest of what has begun. */
  private synchronized void expectRest(String otherwise) throws IOException {
    receiving = true;
    if (stopping) {
      expect(GRACE, "server stopped");
    } else {
      expect(awaitsHello ? timeOfStranger() : limits.frameTimeout(), otherwise);
    }
  }

  /** Expects nothing more: what had begun is here. */
  private synchronized void arrived() throws IOException {
    receiving = false;
    expectation.nothing();
  }

  /** What is left of the time in which a client must be let in, whatever it sends. */
  private Duration timeOfStranger() {
    Duration all = Collections.min(List.of(limits.helloTimeout(), limits.frameTimeout()));
    return all.minusNanos(System.nanoTime() - begun);
  }

  /** Whether the client was not let in yet. It gets less time then, and little memory. */
  private boolean isStranger() {
    return session.role() == Role.NONE;
  }

  private void answer(Body body) throws IOException {
    try {
      Body answer = dispatcher.answer(session, body, memory);
      if (awaitsHello && !isStranger()) {
        // Before the client is told so: from then on it must not be ended to make room.
        awaitsHello = false;
        letIn.run();
      }
      memory.keep(answer.length());
      send(answer);
    } finally {
      memory.keep(0);
    }
  }

  /** A client that was not let in yet may send a short frame, which holds any hello. */
  private static Room roomOfStrangers() {
    return new RequestMemory(
        FrameReader.FREE_BYTES, new ByteBudget(0), bytes -> Session.helloMustComeFirst());
  }

  private static RuntimeException noRoom(ByteBudget budget, long bytes) {
    return new UnavailableException(
        "large requests and answers must take at most "
            + budget.most()
            + " bytes of memory together, try again later: wanted="
            + bytes);
  }

  private void expect(Duration within, String otherwise) throws IOException {
    lateness = otherwise;
    expectation.within(within);
  }

  /** Becomes idle. While stopping, only a frame that is here already is waited for. */
  private synchronized boolean mayWait() throws IOException {
    idle = !stopping;
    return idle || line.hasMore();
  }

  /** Ceases to be idle, unless the input was shut meanwhile. */
  private synchronized boolean mayServe() {
    boolean shut = idle && stopping;
    idle = false;
    return !shut;
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Answers what could not be read; where the next frame would begin is not known then. */
  private String refuse(Exception failure, String end) throws IOException {
    arrived();
    send(dispatcher.refuse(session.peer(), failure));
    linger();
    return end;
  }

  private void linger() throws IOException {
    // Under TLS even the end has to be sent, to a client that may not read.
    expect(limits.responseTimeout().plus(LingeringClose.PATIENCE), "client did not go");
    synchronized (this) {
      idle = true;
      if (stopping) {
        return;
      }
    }
    line.linger();
  }

  private void send(Body body) throws IOException {
    expect(limits.responseTimeout(), "answer took too long to be taken");
    line.send(body);
    sent += Frames.HEADER_BYTES + body.length();
  }
}
