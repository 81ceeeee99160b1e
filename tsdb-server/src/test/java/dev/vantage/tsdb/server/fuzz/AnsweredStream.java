package dev.vantage.tsdb.server.fuzz;

import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.fuzz.InputCost;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.FrameException;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.server.cache.ResultCache;
import dev.vantage.tsdb.server.dispatch.Authenticator;
import dev.vantage.tsdb.server.dispatch.Dispatcher;
import dev.vantage.tsdb.server.dispatch.Gauges;
import dev.vantage.tsdb.server.dispatch.Lanes;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import dev.vantage.tsdb.server.dispatch.RequestObserver;
import dev.vantage.tsdb.server.dispatch.Session;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Serves the bytes of a client without a socket, and checks the answers: one per frame, of the
 * protocol, and never an internal error. Not thread-safe.
 */
final class AnsweredStream implements AutoCloseable {
  private static final int MAX_FRAME = 1 << 20;
  private static final int MOST_FRAMES = 4;
  private static final int MOST_REQUESTS = 5000;

  /**
   * Each request may have stored a series, which then is in the answer to a search with a large
   * radius. There it costs some 750 bytes, of which 50 leave, and more where its id is long.
   */
  private static final int BYTES_OF_STORED = 10;

  private final InputCost cost = new InputCost(1 << 20, 300, Duration.ofSeconds(10));
  private Tsdb tsdb;
  private Dispatcher dispatcher;
  private Session session;
  private int requests;
  private long ok;
  private long refused;

  AnsweredStream() {
    begin();
  }

  /** Answers the first few frames of a stream, up to a frame with a forbidden length. */
  void serve(InputStream stream) {
    FrameReader frames = new FrameReader(stream, MAX_FRAME);
    try {
      for (int i = 0; i < MOST_FRAMES; i++) {
        Optional<byte[]> body = frames.read();
        if (body.isEmpty()) {
          return;
        }
        serve(body.get());
      }
    } catch (FrameException e) {
      check(Optional.empty(), dispatcher.refuse("fuzzer", e).toBytes());
    } catch (EOFException e) {
      // The client left inside a frame: no answer is needed.
    } catch (IOException e) {
      throw new AssertionError("a stream of bytes must not fail", e);
    }
  }

  /** Answers the body of a frame. */
  void serve(byte[] body) {
    cost.check(
        body.length + BYTES_OF_STORED * requests, () -> check(Optional.of(body), answer(body)));
    requests++;
    if (requests >= MOST_REQUESTS) {
      // Data of earlier requests must not make later ones slow.
      close();
      begin();
    }
  }

  /** Returns the number of answers with status OK. */
  long ok() {
    return ok;
  }

  /** Returns the number of other answers. */
  long refused() {
    return refused;
  }

  /** The most that any request allocated, in bytes. */
  long mostAllocated() {
    return cost.most();
  }

  private void begin() {
    requests = 0;
    tsdb = Tsdb.inMemory(Settings.DEFAULT.withLength(16).withVantagePoints(2), 1);
    RequestLimits limits = RequestLimits.DEFAULT;
    dispatcher =
        new Dispatcher(
            tsdb,
            new ResultCache(CacheSettings.DEFAULT, tsdb::changeCount, Clock.systemUTC()),
            limits,
            Lanes.ofCallers(limits),
            new Gauges(),
            () -> "reference",
            RequestObserver.NONE,
            System::nanoTime);
    session = new Session("fuzzer", Authenticator.OPEN);
    for (String request : Requests.WRITES) {
      answer(request.getBytes(StandardCharsets.UTF_8));
    }
  }

  private byte[] answer(byte[] body) {
    return dispatcher
        .answer(
            session,
            Body.of(body),
            Room.ENDLESS,
            (tsdb, op, parts) -> parts.encode(new byte[0], 0, false))
        .toBytes();
  }

  private void check(Optional<byte[]> request, byte[] answer) {
    if (AnswerCheck.check(request, answer) == Status.OK) {
      ok++;
    } else {
      refused++;
    }
  }

  @Override
  public void close() {
    tsdb.close();
  }
}
