package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.cli.plot.VisibleText;
import dev.vantage.tsdb.cli.shell.ProgramText;
import dev.vantage.tsdb.cli.shell.Shell;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.language.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs programs of the query language. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Runs a program of the query language, which cannot change the database. Prints the value"
            + " of each form at the top level that is no definition; JSON and CSV are the last"
            + " value alone. Without PROGRAM and --script, opens a shell on a"
            + " terminal, and else reads the program from standard input.",
    sortOptions = false)
final class QueryCommand extends Verb {
  @Parameters(
      paramLabel = "PROGRAM",
      arity = "0..1",
      description = "The text of the program; - is standard input.")
  private @Nullable String program;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "The file with the program; - is standard input.")
  private @Nullable Path script;

  @Option(names = "--explain", description = "Shows the steps of each form in place of its value.")
  private boolean explain;

  @Option(
      names = "--at",
      paramLabel = "WHERE",
      description =
          "Where the program runs: client, the default, or server. In a server it is one request,"
              + " and its last value alone is printed.")
  private Place place = Place.CLIENT;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "Draws the last value, a plot, in a file whose name ends in .svg or .html, which is"
              + " replaced if it exists.")
  private @Nullable String picture;

  @Mixin private ProgramOptions options;

  /** Where a program runs. */
  enum Place {
    CLIENT,
    SERVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    if (program != null && script != null) {
      throw badUsage("PROGRAM and --script are mutually exclusive");
    }
    if (picture != null) {
      PlotOption.checkFile(picture, this);
    }
    if (place == Place.SERVER && !isOnServer()) {
      throw badUsage("--at server needs --server");
    }
    LanguageOptions chosen = options.read();
    if (program == null && script == null && Screen.isConversation()) {
      return converse(chosen);
    }
    String text = text();
    try {
      if (place == Place.SERVER) {
        runInServer(text, chosen);
      } else {
        run(text, chosen);
      }
      return ExitCode.OK;
    } catch (ProgramException e) {
      err().println("tsdb: " + e.getMessage());
      if (!isArgument() || Boolean.getBoolean("tsdb.terminal")) {
        err().println(pointer(text, e.line(), e.column()));
      }
      return Failure.REQUEST_FAILED;
    }
  }

  /** Prints values as soon as they are there; other formats than tables have the last one alone. */
  private void run(String text, LanguageOptions chosen) {
    try (Tsdb database = openForReading()) {
      Language language = Language.over(database, chosen);
      if (format() == OutputFormat.TABLE && picture == null) {
        language.runEach(text, this::print);
      } else {
        List<Value> values = language.runAll(text);
        print(values.isEmpty() ? Value.Nil.NIL : values.get(values.size() - 1));
      }
      language.notes().forEach(note -> err().println("note: " + note));
    }
  }

  private void runInServer(String text, LanguageOptions chosen) {
    try (TsdbClient server = connect()) {
      print(server.evaluate(text, chosen));
    }
  }

  private void print(Value value) {
    if (picture == null) {
      print(ProgramAnswer.of(value, format()));
      return;
    }
    try {
      out().println(SavedValue.write(value, picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int converse(LanguageOptions chosen) {
    if (explain) {
      throw badUsage("--explain needs a program; in the shell: ,explain FORM");
    }
    if (place == Place.SERVER) {
      throw badUsage("--at server needs a program; the shell runs programs in the client");
    }
    if (picture != null) {
      throw badUsage("--plot needs a program; in the shell: ,save FILE.svg");
    }
    try (Tsdb database = openForReading()) {
      String greeting =
          "tsdb: " + database.stats().series() + " series; ,help tells more, Ctrl-D leaves";
      Shell.run(
          greeting,
          System.getenv(),
          out -> new QuerySession(database, chosen, format(), out, System::nanoTime));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }

  /** Whether the argument is the program itself, not - for standard input. */
  private boolean isArgument() {
    return program != null && !program.equals("-");
  }

  private String text() {
    if (isArgument()) {
      return explained(Objects.requireNonNull(program));
    }
    try {
      return explained(
          script == null || script.equals(FileOptions.STANDARD_INPUT)
              ? ProgramSource.ofStandardInput()
              : ProgramSource.ofFile(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String explained(String text) {
    return explain ? ProgramText.of(text).explained() : text;
  }

  /** Returns the line of a failure with carets under the word at its column. */
  static String pointer(String text, int lineNumber, int columnNumber) {
    List<String> lines = text.lines().toList();
    int number = Math.min(lineNumber, lines.size());
    String line = number < 1 ? "" : lines.get(number - 1);
    int column = Math.min(columnNumber - 1, line.codePointCount(0, line.length()));
    int utf16 = line.offsetByCodePoints(0, column);
    String pointer = WhereOption.pointer(line, utf16 + 1);
    int last = pointer.lastIndexOf('\n') + 1;
    int room =
        Math.max(0, VisibleText.width(pointer.substring(0, last - 1)) - (pointer.length() - last));
    String word = ProgramText.firstWord(line.substring(utf16));
    return pointer + "^".repeat(Math.max(0, Math.min(room, VisibleText.width(word) - 1)));
  }
}
