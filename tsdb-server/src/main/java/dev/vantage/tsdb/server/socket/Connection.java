package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.FrameException;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import dev.vantage.tsdb.server.dispatch.Doorkeeper;
import dev.vantage.tsdb.server.dispatch.Session;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
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
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Socket socket;
  private final DeadlineInput input;
  private final BufferedInputStream buffered;
  private final FrameReader frames;
  private final Dispatcher dispatcher;
  private final Session session;
  private final Limits limits;
  private final ScheduledExecutorService timer;
  private final long begun = System.nanoTime();

  private boolean idle;
  private boolean stopping;
  private long requests;
  private long sent;

  Connection(Socket socket, Dispatcher dispatcher, Limits limits, ScheduledExecutorService timer)
      throws IOException {
    this.socket = socket;
    this.input = new DeadlineInput(socket);
    this.buffered = new BufferedInputStream(input, BUFFER_BYTES);
    this.frames = new FrameReader(buffered, limits.maxFrame());
    this.dispatcher = dispatcher;
    this.session = new Session(String.valueOf(socket.getRemoteSocketAddress()), Doorkeeper.OPEN);
    this.limits = limits;
    this.timer = timer;
  }

  @Override
  public void run() {
    String end = "fault";
    try {
      end = serve();
    } catch (IOException e) {
      end = "connection failed: " + e.getMessage();
    } catch (Throwable e) {
      LOG.error("connection failed", e);
    } finally {
      abort();
      LOG.info(
          "connection ended: peer={}, requests={}, received={}, sent={}, ms={}, end={}",
          session.peer(),
          requests,
          input.received(),
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

  /** Serves until there is nothing more to serve, and says why. */
  private String serve() throws IOException {
    while (mayWait()) {
      Optional<byte[]> body;
      try {
        input.expectWithin(limits.idleTimeout());
        if (!frames.awaitFrame()) {
          return isStopping() ? "server stopped" : "client closed";
        }
      } catch (SocketTimeoutException e) {
        return "idle for too long";
      }
      if (!mayServe()) {
        return "server stopped";
      }
      try {
        input.expectWithin(limits.frameTimeout());
        body = frames.read();
      } catch (SocketTimeoutException e) {
        return "frame took too long to arrive";
      } catch (EOFException e) {
        return "client closed inside a frame";
      } catch (FrameException e) {
        return refuse(e, "frame of a bad length");
      } catch (OutOfMemoryError e) {
        return refuse(
            new UnavailableException("server must have memory for the frame: try again later"),
            "no memory for a frame");
      }
      if (body.isPresent()) {
        requests++;
        send(dispatcher.answer(session, body.get()));
      }
    }
    return "server stopped";
  }

  /** Becomes idle. While stopping, only a frame that is here already is waited for. */
  private synchronized boolean mayWait() throws IOException {
    idle = !stopping;
    return idle || buffered.available() > 0;
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
    synchronized (this) {
      idle = true;
      if (stopping) {
        return end;
      }
    }
    LastWords.linger(socket, input);
    return end;
  }

  private void send(byte[] body) throws IOException {
    byte[] frame = Frames.encode(body);
    Duration time = limits.frameTimeout();
    // A blocked write has no timeout of its own.
    ScheduledFuture<?> guard = timer.schedule(this::abort, time.toNanos(), TimeUnit.NANOSECONDS);
    try {
      socket.getOutputStream().write(frame);
      sent += frame.length;
    } finally {
      guard.cancel(false);
    }
  }
}
