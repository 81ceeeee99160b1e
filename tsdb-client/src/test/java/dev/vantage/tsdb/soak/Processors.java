package dev.vantage.tsdb.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Parts the processors of this machine between two processes, by Linux's taskset. */
final class Processors {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private Processors() {}

  /**
   * Gives the first half of the processors to a server and the rest to this process, for good. A
   * test that needs that is skipped where it cannot be done.
   */
  static void part(long server) throws IOException, InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    assumeTrue(Files.isExecutable(TASKSET), "taskset must be there: " + TASKSET);
    assumeTrue(processors >= 2, "processors must be 2 or more: " + processors);
    int half = processors / 2;
    give("0-" + (half - 1), server);
    give(half + "-" + (processors - 1), ProcessHandle.current().pid());
  }

  /** All threads that a process has, and those that they start. */
  private static void give(String processors, long process)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(TASKSET.toString(), "-a", "-c", "-p", processors, Long.toString(process));
    Process given = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(given.getInputStream().readAllBytes());
    assertTrue(given.waitFor(10, TimeUnit.SECONDS), said);
    assertEquals(0, given.exitValue(), said);
  }
}
