package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DeadlineExceededException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Servers that do not answer, or do not exist. */
class UnreachableServerTest {
  @Test
  void aServerThatNeverAnswersIsNoticedOnceForEachCall() throws Exception {
    AtomicInteger notices = new AtomicInteger();
    ClientOptions options =
        ClientOptions.DEFAULT
            .withRequestTimeout(Duration.ofSeconds(2))
            .withWaitingNotice(Duration.ofMillis(20), notices::incrementAndGet);
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TsdbClient client =
            TsdbClient.connect((InetSocketAddress) silent.getLocalSocketAddress(), options)) {
      assertEquals(0, notices.get());
      assertThrows(DeadlineExceededException.class, client::ping);
      assertEquals(1, notices.get());
    }
  }

  @Test
  void aHostThatDoesNotExistIsCalledUnknown() {
    String message =
        assertThrows(ConnectionException.class, () -> TsdbClient.connect("nowhere.invalid:7207"))
            .getMessage();
    assertTrue(message.contains("address=nowhere.invalid:7207"), message);
    assertTrue(message.endsWith("reason=unknown host"), message);
  }
}
