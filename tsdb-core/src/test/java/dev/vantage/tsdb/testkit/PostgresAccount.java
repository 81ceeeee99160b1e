package dev.vantage.tsdb.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user that runs PostgreSQL, which refuses to run as root: the current user, or {@code nobody}.
 *
 * @param prefix the prefix of a command that runs it as that user
 */
public record PostgresAccount(List<String> prefix) {
  /**
   * The ways to change the user from root: the first needs no session and no shell, the second is
   * always installed.
   */
  private static final List<List<String>> WAYS =
      List.of(
          List.of("setpriv", "--reuid=nobody", "--regid=GROUP", "--clear-groups", "--"),
          List.of("su", "-s", "/bin/sh", "nobody", "-c", "exec \"$0\" \"$@\"", "--"));

  /** Finds a user other than root and gives the directory to that user; empty if there is none. */
  static Optional<PostgresAccount> choose(Path directory) throws IOException, InterruptedException {
    if (!isRoot(List.of())) {
      return Optional.of(new PostgresAccount(List.of()));
    }
    Optional<String> group = output(List.of("id", "-g", "nobody"));
    if (group.isEmpty()) {
      return Optional.empty();
    }
    for (List<String> way : WAYS) {
      List<String> prefix = way.stream().map(word -> word.replace("GROUP", group.get())).toList();
      if (output(plus(prefix, "id", "-u")).isPresent() && !isRoot(prefix)) {
        give(directory);
        return Optional.of(new PostgresAccount(prefix));
      }
    }
    return Optional.empty();
  }

  /** Gives a path and all files below it to {@code nobody}, if the current user is root. */
  public static void give(Path path) throws IOException {
    try {
      if (isRoot(List.of())) {
        output(List.of("chown", "-R", "nobody", path.toString()))
            .orElseThrow(() -> new IOException("chown failed: " + path));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Returns the output of a command if it fails. */
  static Optional<String> failure(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean isRoot(List<String> prefix) throws InterruptedException {
    return output(plus(prefix, "id", "-u")).equals(Optional.of("0"));
  }

  private static List<String> plus(List<String> prefix, String... words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(words));
    return command;
  }

  /** Returns the output of a command if it succeeds; empty if it fails or does not exist. */
  private static Optional<String> output(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
