package dev.vantage.tsdb.soak;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Puts load on a server from one thread, over many connections, one request in each at a time. */
final class Load implements AutoCloseable {
  private static final int UNAVAILABLE = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<LoadConnection> connections = new ArrayList<>();
  private final Selector selector = Selector.open();
  private final Supplier<byte[]> frames;

  /**
   * Opens connections.
   *
   * @param frames the requests, each as likely as the others: what one load has asked for is no
   *     nearer at hand in the next
   */
  Load(int port, int count, List<byte[]> frames, Random random) throws IOException {
    this(port, count, () -> frames.get(random.nextInt(frames.size())));
  }

  /**
   * Opens connections.
   *
   * @param frames gives each request
   */
  Load(int port, int count, Supplier<byte[]> frames) throws IOException {
    this.frames = frames;
    for (int i = 0; i < count; i++) {
      LoadConnection connection = new LoadConnection(port);
      connection.channel.configureBlocking(false);
      connection.channel.register(selector, SelectionKey.OP_READ, connection);
      connections.add(connection);
    }
  }

  /** The result of a load. */
  static final class Outcome {
    final Histogram answered = new Histogram();
    final Histogram refused = new Histogram();
    long others;
    long unsent;
    long unanswered;
    double seconds;

    double perSecond() {
      return answered.count() / seconds;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "answered/s=%.0f (%s), refused/s=%.0f (%s), others=%d, unsent=%d, unanswered=%d",
          perSecond(),
          answered,
          refused.count() / seconds,
          refused,
          others,
          unsent,
          unanswered);
    }
  }

  /** Sends the next request on each connection as soon as the one before is answered. */
  Outcome closed(Duration time) throws IOException {
    return run(Double.POSITIVE_INFINITY, time);
  }

  /**
   * Sends a number of requests per second, regardless of their answers, each on a free connection.
   */
  Outcome open(double perSecond, Duration time) throws IOException {
    return run(perSecond, time);
  }

  private Outcome run(double perSecond, Duration time) throws IOException {
    Outcome outcome = new Outcome();
    ArrayDeque<LoadConnection> free = new ArrayDeque<>(connections);
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long sent = 0;
    for (long now = begin; now < end; now = System.nanoTime()) {
      double wanted = perSecond * (now - begin) / 1e9;
      while (sent < wanted && !free.isEmpty()) {
        long due = Double.isInfinite(perSecond) ? now : begin + (long) (sent * 1e9 / perSecond);
        send(free.remove(), due);
        sent++;
      }
      if (!Double.isInfinite(perSecond) && sent < wanted) {
        outcome.unsent += (long) wanted - sent; // no connection was free
        sent = (long) wanted;
      }
      receive(outcome, free, Double.isInfinite(perSecond) ? 100 : 1);
    }
    outcome.seconds = (System.nanoTime() - begin) / 1e9;
    settle(outcome, free);
    return outcome;
  }

  private void send(LoadConnection connection, long due) throws IOException {
    connection.send(frames.get(), due);
  }

  private void receive(Outcome outcome, ArrayDeque<LoadConnection> free, long waitMillis)
      throws IOException {
    selector.select(waitMillis);
    for (SelectionKey key : selector.selectedKeys()) {
      LoadConnection connection = (LoadConnection) key.attachment();
      connection.receive((due, status) -> count(outcome, System.nanoTime() - due, status));
      if (connection.due.isEmpty()) {
        free.add(connection);
      }
    }
    selector.selectedKeys().clear();
  }

  private static void count(Outcome outcome, long nanos, int status) {
    if (status == 0) {
      outcome.answered.record(nanos);
    } else if (status == UNAVAILABLE) {
      outcome.refused.record(nanos);
    } else {
      outcome.others++;
    }
  }

  /** Waits for the answers that are still to come, which do not count but must come. */
  private void settle(Outcome outcome, ArrayDeque<LoadConnection> free) throws IOException {
    Outcome late = new Outcome();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (free.size() < connections.size() && System.nanoTime() < end) {
      receive(late, free, TimeUnit.SECONDS.toMillis(1));
    }
    outcome.others += late.others;
    outcome.unanswered = connections.size() - free.size();
  }

  @Override
  public void close() throws IOException {
    for (LoadConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
