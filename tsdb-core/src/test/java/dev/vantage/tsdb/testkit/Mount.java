package dev.vantage.tsdb.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system mounted for a test. The test is skipped if the process may not mount file systems.
 */
public final class Mount implements AutoCloseable {
  private final Path path;

  private Mount(Path path) {
    this.path = path;
  }

  /** Mounts a disk of a number of bytes. */
  public static Mount small(Path directory, long bytes) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    return mount(directory, "-t", "tmpfs", "-o", "size=" + bytes, "tsdb-test");
  }

  /** Mounts another directory read-only. */
  public static Mount readOnly(Path directory, Path other)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    return mount(directory, "-o", "bind,ro", other.toString());
  }

  private static Mount mount(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    command.add(directory.toString());
    Assumptions.assumeTrue(
        succeeds(command), "mounting file systems needs rights that this user has not");
    return new Mount(directory);
  }

  /** Runs a command to its end, and returns whether it succeeded. */
  public static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      if (!succeeds(List.of("umount", path.toString()))) {
        succeeds(List.of("umount", "-l", path.toString()));
      }
    } catch (InterruptedException e) {
      throw new AssertionError("test was interrupted", e);
    }
  }
}
