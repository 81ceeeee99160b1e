package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.language.Value;
import java.io.PrintWriter;
import java.util.List;

/** The definitions and last values of a shell, and what its entries do. Not thread-safe. */
final class ReplSession {
  private static final String LAST = "_";
  private static final String LAST_BUT_ONE = "__";
  private static final String NEWEST = "|newest value|";

  private final Language language;
  private final PrintWriter out;
  private OutputFormat format;
  private long mostRows;

  ReplSession(Tsdb database, LanguageOptions options, OutputFormat format, PrintWriter out) {
    this.language =
        Language.over(
            database,
            options
                .withArgument(LAST, Value.Nil.NIL)
                .withArgument(LAST_BUT_ONE, Value.Nil.NIL)
                .withArgument("newest value", Value.Nil.NIL));
    this.format = format;
    this.out = out;
    this.mostRows = Long.MAX_VALUE;
  }

  /** Sets how many rows of a table are shown. */
  void show(long rows) {
    mostRows = rows;
  }

  /** Returns the names that were defined. */
  List<String> definitions() {
    return language.definitions().stream()
        .filter(name -> !name.startsWith(LAST) && !name.contains("newest value"))
        .toList();
  }

  /** Evaluates the forms of an entry one after the other, and prints their values. */
  void evaluate(String entry) {
    for (ProgramText.Range form : ProgramText.of(entry).forms(entry)) {
      // Everything before the form becomes blank, so that places in messages are those of the
      // entry.
      String before = entry.substring(0, form.begin()).replaceAll("[^\n]", " ");
      String text = before + entry.substring(form.begin(), form.end());
      if (!run(entry, text, form)) {
        return;
      }
    }
  }

  private boolean run(String entry, String text, ProgramText.Range form) {
    // A line of its own before the form leaves the columns as they are.
    int added = form.isDefinition() ? 0 : 1;
    try {
      language.runAll(form.isDefinition() ? text : "(define " + NEWEST + "\n" + text + "\n)");
      language.notes().forEach(note -> out.println("note: " + note));
      if (!form.isDefinition()) {
        print(language.run("(define __ _) (define _ " + NEWEST + ") _"), mostRows);
      }
      return true;
    } catch (ProgramException e) {
      int line = Math.max(1, e.line() - added);
      String words = e.getMessage().replaceFirst("^line \\d+, column \\d+: ", "");
      out.println("line " + line + ", column " + e.column() + ": " + words);
      out.println(QueryCommand.pointer(entry, line, e.column()));
    } catch (TsdbException e) {
      out.println(Failure.words(e));
    }
    return false;
  }

  private void print(Value value, long rows) {
    VerbOutput answer =
        format == OutputFormat.TABLE
            ? ProgramAnswer.readable(value, rows)
            : ProgramAnswer.of(value, format);
    new Printer(format, out).print(answer);
    answer.warnings().forEach(out::println);
  }

  /** Does a command that begins with a comma; returns whether the session goes on. */
  boolean command(String line) {
    String[] words = line.strip().split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case ",quit" -> {
        return false;
      }
      case ",help" -> help(rest);
      case ",explain" -> evaluate("(explain " + rest + ")");
      case ",time" -> time(rest);
      case ",attributes" -> evaluate("(attributes)");
      case ",definitions" -> definitions().forEach(out::println);
      case ",all" -> print(language.run(LAST), Long.MAX_VALUE);
      case ",format" -> changeFormat(rest);
      default ->
          out.println(
              "command must be one of ,help ,explain ,time ,attributes ,definitions ,all ,format"
                  + " ,quit: "
                  + words[0]);
    }
    return true;
  }

  private void time(String form) {
    long begin = System.nanoTime();
    evaluate(form);
    out.println("took " + (System.nanoTime() - begin) / 1_000_000 + " ms");
  }

  private void changeFormat(String name) {
    for (OutputFormat one : OutputFormat.values()) {
      if (one.toString().equals(name)) {
        format = one;
        return;
      }
    }
    out.println("format must be table, json or csv: format=" + name);
  }

  private void help(String name) {
    if (name.isEmpty()) {
      out.println(",help NAME tells of one of these:");
      String names =
          String.join(" ", Language.reference().stream().map(Language.Entry::name).toList());
      out.println(names.replaceAll("(.{1,70})(?: |$)", "  $1\n").stripTrailing());
      return;
    }
    List<Language.Entry> found =
        Language.reference().stream().filter(entry -> entry.name().equals(name)).toList();
    found.forEach(entry -> out.println(entry.signature() + "\n  " + entry.help()));
    if (found.isEmpty()) {
      out.println("name must be that of a form or a builtin: " + name);
    }
  }
}
