package dev.vantage.tsdb.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As whom PostgreSQL runs, which refuses to run as root: as whoever we are, or as {@code nobody}.
 *
 * @param prefix the words before a command that run it as that user
 */
public record PostgresAccount(List<String> prefix) {
  /** The ways out of root: the first needs no session and no shell, the second is everywhere. */
  private static final List<List<String>> WAYS =
      List.of(
          List.of("setpriv", "--reuid=nobody", "--regid=GROUP", "--clear-groups", "--"),
          List.of("su", "-s", "/bin/sh", "nobody", "-c", "exec \"$0\" \"$@\"", "--"));

  /** Finds a user who is not root and gives the directory to that user; empty where none is. */
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

  /** Gives a path, and what is below it, to {@code nobody} where we are root. */
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

  /** What a command says when it fails. */
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

  /** What a command says when it succeeds; empty when it fails or is not there. */
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
