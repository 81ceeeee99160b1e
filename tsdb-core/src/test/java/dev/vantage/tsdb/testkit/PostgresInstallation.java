package dev.vantage.tsdb.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked once per JVM into a temporary directory. A shell process
 * waits until the JVM has ended, even by a kill, then ends all servers and removes the directory.
 */
final class PostgresInstallation {
  /**
   * The script of the shell: reads lines, each a list of processes; at the end of its input it
   * kills the processes of the last line and removes the directory.
   */
  private static final String KEEPER =
      "trap '' HUP INT TERM; while read -r line; do servers=$line; done;"
          + " [ -z \"$servers\" ] || kill -9 $servers 2>/dev/null; rm -rf \"$0\"";

  private final Path directory;
  private final List<String> account;
  private final Optional<String> problem;
  private final OutputStream keeper;
  private final Set<Long> servers = new TreeSet<>();
  private int made;

  private PostgresInstallation() throws IOException, InterruptedException {
    Optional<InputStream> archive = archive();
    if (archive.isEmpty()) {
      directory = Path.of("");
      account = List.of();
      keeper = OutputStream.nullOutputStream();
      problem = Optional.of("none is made for " + platform());
      return;
    }
    directory = Files.createTempDirectory("tsdb-postgres").toRealPath();
    Process shell =
        new ProcessBuilder("sh", "-c", KEEPER, directory.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    keeper = shell.getOutputStream();
    Path programs = Files.createDirectory(directory.resolve("programs"));
    try (InputStream in = archive.get()) {
      unpack(in, programs);
    }
    Optional<PostgresAccount> found = PostgresAccount.choose(directory);
    account = found.map(PostgresAccount::prefix).orElse(List.of());
    problem =
        found.isEmpty()
            ? Optional.of("it refuses to run as root, and nothing here leads to another user")
            : PostgresAccount.failure(command("postgres", "--version"));
  }

  static PostgresInstallation ofThisJvm() {
    return Holder.INSTALLATION;
  }

  /** Returns why no server can run on this machine; empty if one can. */
  Optional<String> problem() {
    return problem;
  }

  /** Creates an empty directory for the server. */
  synchronized Path newDirectory() throws IOException {
    Path created = Files.createDirectory(directory.resolve("server-" + made++));
    PostgresAccount.give(created);
    return created;
  }

  /** Returns the command that runs a program of PostgreSQL, as a user that it accepts. */
  List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(account);
    command.add(directory.resolve("programs/bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Registers a process to be killed when this JVM ends. */
  synchronized void guard(long process) throws IOException {
    servers.add(process);
    tellKeeper();
  }

  synchronized void release(long process) throws IOException {
    servers.remove(process);
    tellKeeper();
  }

  private void tellKeeper() throws IOException {
    String line = String.join(" ", servers.stream().map(String::valueOf).toList()) + "\n";
    keeper.write(line.getBytes(StandardCharsets.US_ASCII));
    keeper.flush();
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String family = system.startsWith("mac") ? "darwin" : system.split(" ")[0];
    return switch (processor) {
      case "amd64", "x86_64" -> family + "-x86_64";
      case "aarch64", "arm64" -> family + "-arm_64";
      default -> family + "-" + processor;
    };
  }

  private static Optional<InputStream> archive() {
    String name = "/postgres-" + platform() + ".txz";
    return Optional.ofNullable(PostgresInstallation.class.getResourceAsStream(name));
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("an archive must stay in its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (!entry.getName().endsWith(".a")) {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private static final class Holder {
    static final PostgresInstallation INSTALLATION = make();

    private static PostgresInstallation make() {
      try {
        return new PostgresInstallation();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
