package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.cli.shell.ProgramText;
import dev.vantage.tsdb.cli.shell.ShellCommand;
import dev.vantage.tsdb.cli.shell.ShellSession;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Limit;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.language.Table;
import dev.vantage.tsdb.language.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The definitions and last values of a shell, and what its entries do. Not thread-safe. */
final class QuerySession implements ShellSession {
  private static final String LAST = "_";
  private static final String LAST_BUT_ONE = "__";
  private static final Duration COMPLETION_TIME = Duration.ofMillis(200);
  private static final int COMPLETED_IDS = 50;

  private final Tsdb database;
  private final LanguageOptions options;
  private final Language language;
  private final PrintWriter terminal;
  private final LongSupplier nanoTime;
  private OutputFormat format;
  private Value last = Value.Nil.NIL;
  private int mostRows;

  QuerySession(
      Tsdb database,
      LanguageOptions options,
      OutputFormat format,
      PrintWriter terminal,
      LongSupplier nanoTime) {
    this.database = database;
    this.options =
        options.withArgument(LAST, Value.Nil.NIL).withArgument(LAST_BUT_ONE, Value.Nil.NIL);
    this.language = Language.over(database, this.options);
    this.format = format;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  @Override
  public Next answer(String entry, int rows) {
    mostRows = rows;
    PrintWriter out = StoppableWriter.over(terminal);
    Next next = Next.ENTRY;
    try {
      if (ShellCommand.isCommand(entry)) {
        next = command(entry.stripTrailing(), out);
      } else {
        evaluate(entry, out);
      }
    } catch (ProgramException e) {
      fail(e, entry);
    } catch (RuntimeException | IOException | OutOfMemoryError e) {
      terminal.println(Thread.interrupted() ? "\nstopped" : Failure.words(e));
    }
    out.flush();
    return next;
  }

  /** Says why a program failed, and where in its text. */
  private void fail(ProgramException failure, String text) {
    if (Thread.interrupted()) {
      // The terminal has shown the keys of the interrupt on this line.
      terminal.println("\nstopped at line " + failure.line() + ", column " + failure.column());
    } else {
      terminal.println(failure.getMessage());
      terminal.println(QueryCommand.pointer(text, failure.line(), failure.column()));
    }
  }

  /** Evaluates the forms of a text one after the other, and prints their values. */
  private void evaluate(String text, PrintWriter out) {
    for (ProgramText.Range form : ProgramText.of(text).forms()) {
      // Everything before the form becomes blank, so that places in messages are those of the text.
      String blanks = text.substring(0, form.begin()).replaceAll("[^\n]", " ");
      List<Value> values = language.runAll(blanks + text.substring(form.begin(), form.end()));
      language.notes().forEach(note -> out.println("note: " + note));
      values.forEach(value -> answer(value, out));
    }
  }

  private void answer(Value value, PrintWriter out) {
    language.define(LAST_BUT_ONE, last);
    language.define(LAST, value);
    last = value;
    print(value, mostRows, out);
  }

  private void print(Value value, int rows, PrintWriter out) {
    VerbOutput answer =
        format == OutputFormat.TABLE
            ? ProgramAnswer.readable(value, rows)
            : ProgramAnswer.of(value, format);
    new Printer(format, out).print(answer);
    answer.warnings().forEach(out::println);
  }

  private Next command(String entry, PrintWriter out) throws IOException {
    String[] words = entry.strip().split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    Optional<ShellCommand> found = ShellCommand.of(words[0]);
    if (found.isEmpty()) {
      out.println("command must be one that ,help lists: command=" + words[0]);
      return Next.ENTRY;
    }
    int name = entry.indexOf(words[0]) + words[0].length();
    // Blanks in place of the command, so that places in messages are those of the entry.
    String behind = " ".repeat(name) + entry.substring(name);
    switch (found.get()) {
      case HELP -> ShellHelp.lines(argument).forEach(out::println);
      case EXPLAIN -> evaluate("(explain" + behind.substring("(explain".length()) + ")", out);
      case TIME -> time(behind, out);
      case LOAD -> load(argument, out);
      case SAVE -> out.println(SavedValue.write(last, argument));
      case FORMAT -> changeFormat(argument, out);
      case ATTRIBUTES -> evaluate("(attributes)", out);
      case LIMITS -> limits().forEach(out::println);
      case DEFINITIONS -> definitions().forEach(out::println);
      case ALL -> print(last, Integer.MAX_VALUE, out);
      case QUIT -> {
        return Next.END;
      }
    }
    return Next.ENTRY;
  }

  private void time(String text, PrintWriter out) {
    long begin = nanoTime.getAsLong();
    evaluate(text, out);
    long micros = (nanoTime.getAsLong() - begin) / 1000;
    out.println(String.format(Locale.ROOT, "took %d.%03d ms", micros / 1000, micros % 1000));
  }

  private void load(String file, PrintWriter out) throws IOException {
    String text = ProgramSource.ofFile(Path.of(file));
    try {
      evaluate(text, out);
    } catch (ProgramException e) {
      terminal.print(file + ": ");
      fail(e, text);
    }
  }

  private void changeFormat(String name, PrintWriter out) {
    Optional<OutputFormat> found =
        Stream.of(OutputFormat.values()).filter(one -> one.toString().equals(name)).findFirst();
    found.ifPresentOrElse(
        one -> format = one,
        () -> out.println("format must be table, json or csv: format=" + name));
  }

  private List<String> limits() {
    return Stream.of(Limit.values())
        .map(limit -> String.format(Locale.ROOT, "%-16s %,d", limit.code(), options.limit(limit)))
        .toList();
  }

  @Override
  public List<String> definitions() {
    return language.definitions().stream()
        .filter(name -> !name.equals(LAST) && !name.equals(LAST_BUT_ONE))
        .toList();
  }

  @Override
  public List<String> attributes() {
    try {
      Table all =
          (Table)
              Language.over(database, LanguageOptions.DEFAULT.withTimeout(COMPLETION_TIME))
                  .run("(attributes)");
      return texts(all);
    } catch (TsdbException e) {
      return List.of(); // completion says nothing of failures
    }
  }

  @Override
  public List<String> ids(String prefix) {
    LanguageOptions quick =
        LanguageOptions.DEFAULT
            .withTimeout(COMPLETION_TIME)
            .withArgument("prefix", prefix)
            .withArgument("most", COMPLETED_IDS);
    String pattern = prefix.replaceAll("([%_!])", "!$1") + "%";
    try {
      Table found =
          (Table)
              Language.over(database, quick.withArgument("pattern", pattern))
                  .run("(select (id) :where (like id ,pattern :escape \"!\") :limit most)");
      return texts(found);
    } catch (TsdbException e) {
      return List.of(); // completion says nothing of failures
    }
  }

  private static List<String> texts(Table table) {
    return table.rows().stream().map(row -> ValueText.alone(row.get(0))).toList();
  }
}
