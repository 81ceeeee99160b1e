package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is written to a pipe without a reader. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class BlockedLogTest {
  /** The exit code after SIGTERM, when all requests were answered. */
  private static final int TERMINATED = 0;

  /** More than pipes hold, which is 64 KiB by default and may be made 1 MiB. */
  private static final int LOGGED_BYTES = 2 << 20;

  private static final int BYTES_OF_LINE = 100;

  @TempDir private Path directory;

  @Test
  void requestsAreAnsweredAndSigtermEndsTheServer() throws Exception {
    try (RealServer server =
            new RealServer(
                ProcessBuilder.Redirect.PIPE,
                List.of("-Xmx256m"),
                "--db",
                directory.resolve("db").toString(),
                "--create",
                "--log-level",
                "debug");
        TestClient client = new TestClient(server.port())) {
      String ping = "{\"op\":\"ping\"}";
      int batch = 100;
      for (int i = 0; i < LOGGED_BYTES / BYTES_OF_LINE / batch; i++) {
        client.send(TestClient.frames(ping, batch));
        for (int k = 0; k < batch; k++) {
          assertEquals("pong", client.receive().get("payload").textValue());
        }
      }
      assertEquals(TERMINATED, server.terminate());
    }
  }
}
