package dev.vantage.tsdb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** Writes the manual pages and the completion scripts that are installed beside the programs. */
final class Documents {
  private static final String SERVER = "dev.vantage.tsdb.server.ServerMain";

  private Documents() {}

  /**
   * Writes all files. The build calls it.
   *
   * @param arguments the directory to write to
   */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Path directory = Path.of(arguments[0]);
    write(directory.resolve("man/man1/tsdb.1"), ManualPage.of(Main.commandLine(), 1));
    write(directory.resolve("man/man8/tsdb-server.8"), ManualPage.of(server(), 8));
    for (CompletionCommand.Shell shell : CompletionCommand.Shell.values()) {
      write(directory.resolve("completion/tsdb." + shell), CompletionCommand.script(shell));
    }
  }

  /** The server is in the archive, but nothing of the command line needs it. */
  private static CommandLine server() throws ReflectiveOperationException {
    return (CommandLine) Class.forName(SERVER).getMethod("commandLine").invoke(null);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
