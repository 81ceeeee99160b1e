package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.FrameException;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import dev.vantage.tsdb.server.dispatch.Session;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, served by the thread that runs this until either side is done. It is idle while it
 * waits for a frame to begin, and ends when it is told to stop then; at any other time it first
 * finishes what is in flight.
 */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** Room for usual requests at once; what is longer is received beside it. Idle ones keep it. */
  private static final int BUFFER_BYTES = 512;

  private final Socket socket;
  private final BufferedInputStream input;
  private final OutputStream output;
  private final FrameReader frames;
  private final Dispatcher dispatcher;
  private final Session session;
  private final Limits limits;
  private final ByteBudget budget;
  private final Expectation expectation = new Expectation();
  private final long begun = System.nanoTime();

  private boolean idle;
  private boolean stopping;
  private String lateness = "nothing was late";
  private long bufferedBytes;
  private long requests;
  private long received;
  private long sent;

  Connection(Socket socket, Dispatcher dispatcher, Limits limits, ByteBudget budget)
      throws IOException {
    this.socket = socket;
    this.input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.output = socket.getOutputStream();
    this.frames = new FrameReader(input, limits.maxFrame());
    this.dispatcher = dispatcher;
    this.session = dispatcher.open(String.valueOf(socket.getRemoteSocketAddress()));
    this.limits = limits;
    this.budget = budget;
  }

  @Override
  public void run() {
    String end = "fault";
    try {
      end = serve();
    } catch (IOException e) {
      end = expectation.isOver() ? lateness : "connection failed: " + e.getMessage();
    } catch (Throwable e) {
      LOG.error("connection failed", e);
    } finally {
      abort();
      giveBack();
      LOG.info(
          "connection ended: peer={}, requests={}, received={}, sent={}, ms={}, end={}",
          session.peer(),
          requests,
          received,
          sent,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
          end);
    }
  }

  /** Ends the connection as soon as nothing is in flight. Any thread may call this. */
  synchronized void stop() {
    stopping = true;
    if (idle) {
      try {
        // The thread that waits for a frame finds the end of the stream.
        socket.shutdownInput();
      } catch (IOException e) {
        abort();
      }
    }
  }

  /** Ends the connection at once. Any thread may call this. */
  void abort() {
    try {
      socket.close();
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
    while (mayWait()) {
      expect(limits.idleTimeout(), "idle for too long");
      if (!frames.awaitFrame()) {
        return isStopping() ? "server stopped" : "client closed";
      }
      if (!mayServe()) {
        return "server stopped";
      }
      Optional<byte[]> body;
      try {
        expect(limits.frameTimeout(), "frame took too long to arrive");
        body = frames.readBody(this::tryTake);
        expectation.nothing();
      } catch (EOFException e) {
        return "client closed inside a frame";
      } catch (FrameException e) {
        return refuse(e, "frame of a bad length");
      } catch (OutOfMemoryError e) {
        return refuse(
            new UnavailableException("server must have memory for the frame: try again later"),
            "no memory for a frame");
      }
      requests++;
      if (body.isPresent()) {
        received += Frames.HEADER_BYTES + body.get().length;
        answer(body.get());
      } else {
        giveBack();
        return refuse(full("request"), "no room for a frame");
      }
    }
    return "server stopped";
  }

  private void answer(byte[] body) throws IOException {
    byte[] answer = dispatcher.answer(session, body);
    giveBack();
    if (answer.length > FrameReader.FREE_BYTES && !tryTake(answer.length)) {
      answer = dispatcher.refuse(body, full("answer"));
    }
    try {
      send(answer);
    } finally {
      giveBack();
    }
  }

  private UnavailableException full(String what) {
    return new UnavailableException(
        "large requests and answers must have at most "
            + budget.most()
            + " bytes together, try again later: "
            + what);
  }

  private boolean tryTake(int bytes) {
    boolean taken = budget.tryTake(bytes);
    bufferedBytes += taken ? bytes : 0;
    return taken;
  }

  private void giveBack() {
    budget.giveBack(bufferedBytes);
    bufferedBytes = 0;
  }

  private void expect(Duration within, String otherwise) throws IOException {
    lateness = otherwise;
    expectation.within(within);
  }

  /** Becomes idle. While stopping, only a frame that is here already is waited for. */
  private synchronized boolean mayWait() throws IOException {
    idle = !stopping;
    return idle || input.available() > 0;
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
    send(dispatcher.refuse(failure));
    expectation.nothing();
    synchronized (this) {
      idle = true;
      if (stopping) {
        return end;
      }
    }
    LastWords.linger(socket);
    return end;
  }

  private void send(byte[] body) throws IOException {
    byte[] frame = Frames.encode(body);
    expect(limits.responseTimeout(), "answer took too long to be taken");
    output.write(frame);
    sent += frame.length;
  }
}
