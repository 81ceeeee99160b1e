package dev.vantage.tsdb.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.pool.LivingThread;
import dev.vantage.tsdb.protocol.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * Standard error that never blocks its writers, even if nobody reads it or its disk is full.
 * Thread-safe. A thread writes the lines from a bounded queue; lines that find the queue full are
 * dropped, and their number is logged when there is room again.
 */
final class ErrorOutput extends OutputStream {
  /** The maximum size of the queue in bytes. */
  static final int MOST_WAITING = 4 << 20;

  private static final int LONGEST_LINE = 64 * 1024;

  private final OutputStream target;
  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private final Queue<byte[]> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private byte[] line = new byte[256];

  @GuardedBy("this")
  private int lineLength;

  @GuardedBy("this")
  private long waitingBytes;

  @GuardedBy("this")
  private long dropped;

  @GuardedBy("this")
  private boolean writing;

  private volatile Optional<Clock> objects = Optional.empty();

  private ErrorOutput(OutputStream target, LongSupplier nanoTime) {
    this.target = target;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts a daemon thread that writes to a target.
   *
   * @param target where lines go; it may block for any time
   * @param nanoTime a clock like {@link System#nanoTime}
   * @return the output
   */
  static ErrorOutput to(OutputStream target, LongSupplier nanoTime) {
    ErrorOutput output = new ErrorOutput(target, nanoTime);
    LivingThread.start("tsdb-log", true, output::writeNext, failure -> {});
    return output;
  }

  /** Replaces standard error in the whole process. */
  static ErrorOutput install(LongSupplier nanoTime) {
    ErrorOutput output = to(System.err, nanoTime);
    System.setErr(new PrintStream(output, true));
    return output;
  }

  /**
   * Sets the format of all lines from now on. In JSON, a line that is no object becomes the message
   * of one.
   *
   * @param clock gives the time of such a line
   */
  void format(LogFormat format, Clock clock) {
    objects = format == LogFormat.JSON ? Optional.of(clock) : Optional.empty();
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (lineLength == line.length) {
        line = Arrays.copyOf(line, 2 * lineLength);
      }
      line[lineLength++] = bytes[i];
      if (bytes[i] == '\n' || lineLength == LONGEST_LINE) {
        endLine();
      }
    }
  }

  @GuardedBy("this")
  private void endLine() {
    byte[] whole = Arrays.copyOf(line, lineLength);
    byte[] next =
        objects.filter(clock -> whole[0] != '{').map(clock -> toObject(whole, clock)).orElse(whole);
    if (waitingBytes + next.length > MOST_WAITING) {
      dropped++;
    } else {
      waiting.add(next);
      waitingBytes += next.length;
    }
    lineLength = 0;
    notifyAll();
  }

  /** Makes an object of a line that no logger has written. */
  private static byte[] toObject(byte[] line, Clock clock) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
            .put("level", "ERROR")
            .put("logger", ServerMain.class.getName())
            .put("thread", Thread.currentThread().getName())
            .put("message", new String(line, StandardCharsets.UTF_8).stripTrailing());
    return (Json.toText(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void writeNext() throws InterruptedException, IOException {
    byte[] next;
    synchronized (this) {
      while (waiting.isEmpty()) {
        wait();
      }
      next = waiting.remove();
      writing = true;
    }
    try {
      target.write(next);
      target.flush();
    } finally {
      written(next.length);
    }
  }

  private void written(int bytes) {
    long told;
    synchronized (this) {
      writing = false;
      waitingBytes -= bytes;
      told = waiting.isEmpty() ? dropped : 0;
      dropped -= told;
      notifyAll();
    }
    if (told > 0) {
      LoggerFactory.getLogger(ErrorOutput.class)
          .atWarn()
          .addKeyValue("lines", told)
          .log("lines of the log dropped, since they were not read");
    }
  }

  /**
   * Waits until all lines written so far have reached the target, or until a timeout.
   *
   * @param patience the timeout
   */
  synchronized void drain(Duration patience) {
    if (lineLength > 0) {
      endLine();
    }
    long end = nanoTime.getAsLong() + patience.toNanos();
    try {
      for (long left = patience.toNanos();
          left > 0 && (writing || !waiting.isEmpty());
          left = end - nanoTime.getAsLong()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
