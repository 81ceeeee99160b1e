package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.shell.ShellCommand;
import dev.vantage.tsdb.language.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The help of the shell, made of the reference of the language. */
final class ShellHelp {
  private static final int WIDTH = 78;

  private ShellHelp() {}

  /** Tells of a name, or of everything if the name is empty. */
  static List<String> lines(String name) {
    if (name.isEmpty()) {
      return all();
    }
    String command = name.startsWith(",") ? name : "," + name;
    List<String> lines =
        new ArrayList<>(
            Language.reference().stream()
                .filter(entry -> entry.name().equals(name))
                .flatMap(entry -> lines(entry.signature(), entry.help()))
                .toList());
    ShellCommand.of(command)
        .ifPresent(found -> lines.addAll(lines(found.signature(), found.help()).toList()));
    return lines.isEmpty()
        ? List.of("name must be that of a form, a builtin or a command: name=" + name)
        : lines;
  }

  private static Stream<String> lines(String signature, String help) {
    return Stream.concat(
        filled(List.of(signature.split(" ")), "", "    ").stream(),
        filled(List.of(help.split(" ")), "  ", "  ").stream());
  }

  private static List<String> all() {
    List<String> lines = new ArrayList<>();
    lines.add("Commands:");
    for (ShellCommand command : ShellCommand.values()) {
      lines.add(String.format("  %-24s %s", command.signature(), command.help()));
    }
    lines.add("Forms and builtins; ,help NAME tells of one of them:");
    List<String> names = Language.reference().stream().map(Language.Entry::name).toList();
    lines.addAll(filled(names, "  ", "  "));
    lines.add("_ is the last value, __ the one before. Tab completes, Alt-) closes all brackets,");
    lines.add("Alt-Enter makes a line, Ctrl-C drops the input or stops the program.");
    return lines;
  }

  /** Puts words into lines of some width, the first and the others with their indentation. */
  private static List<String> filled(List<String> words, String first, String others) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    String gap = "";
    for (String word : words) {
      if (!gap.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(others);
        gap = "";
      }
      line.append(gap).append(word);
      gap = " ";
    }
    lines.add(line.toString());
    return lines;
  }
}
