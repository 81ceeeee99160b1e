package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrorOutputTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Blocks until it is released, and fails for some lines like a full disk. */
  private static final class Target extends OutputStream {
    final CountDownLatch open = new CountDownLatch(1);
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (new String(bytes, offset, count, StandardCharsets.UTF_8).contains("full")) {
        throw new IOException("No space left on device");
      }
      written.write(bytes, offset, count);
    }
  }

  @Test
  void linesThatNobodyReadsAreDroppedAndHoldUpNobody() {
    Target target = new Target();
    ErrorOutput output = ErrorOutput.to(target, System::nanoTime);
    PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
    String line = "x".repeat(999);
    for (int i = 0; i < 3 * ErrorOutput.MOST_WAITING / 1000; i++) {
      print.println(line);
    }
    output.drain(Duration.ofMillis(1));
    assertEquals(0, target.written.size());
    target.open.countDown();
    output.drain(LONG);
    assertEquals(ErrorOutput.MOST_WAITING / 1000 * 1000, target.written.size());
    print.println("later");
    output.drain(LONG);
    assertTrue(target.written.toString(StandardCharsets.UTF_8).endsWith("\nlater\n"));
  }

  @Test
  void whatCannotBeWrittenEndsNothingAndWhatHasNoEndIsWrittenAtLast() {
    Target target = new Target();
    target.open.countDown();
    ErrorOutput output = ErrorOutput.to(target, System::nanoTime);
    PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
    print.println("one");
    print.println("the disk is full");
    print.print("two");
    output.drain(LONG);
    assertEquals("one\ntwo", target.written.toString(StandardCharsets.UTF_8));
  }
}
