package dev.vantage.tsdb.cli.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands of the shell, which begin with a comma and are no forms of the language. */
public enum ShellCommand {
  /** Tells of a name, or of all. */
  HELP("[NAME]", "tells of a form, builtin or command; lists them all"),
  /** Shows the steps of a form. */
  EXPLAIN("FORM", "shows the steps that the form takes"),
  /** Measures a form. */
  TIME("FORM", "says how long the form takes"),
  /** Runs a file. */
  LOAD("FILE", "runs the program in the file; its definitions stay"),
  /** Writes the last value. */
  SAVE("FILE", "writes the last value as .csv or .json, a plot as .svg or .html"),
  /** Changes the output format. */
  FORMAT("table|json|csv", "changes how values are printed"),
  /** Lists the attributes. */
  ATTRIBUTES("", "lists the attributes of the database"),
  /** Lists the limits. */
  LIMITS("", "lists the limits of a program"),
  /** Lists the definitions. */
  DEFINITIONS("", "lists the names that were defined"),
  /** Prints the last table. */
  ALL("", "prints the last value in full"),
  /** Leaves. */
  QUIT("", "leaves the shell, as Ctrl-D does");

  private final String argument;
  private final String help;

  ShellCommand(String argument, String help) {
    this.argument = argument;
    this.help = help;
  }

  /**
   * Returns whether an entry is a command.
   *
   * @param entry the entry
   * @return whether it begins with a comma
   */
  public static boolean isCommand(String entry) {
    return entry.stripLeading().startsWith(",");
  }

  /**
   * Finds a command.
   *
   * @param name the first word of an entry, with its comma
   * @return the command of that name, or empty
   */
  public static Optional<ShellCommand> of(String name) {
    return Arrays.stream(values()).filter(command -> command.spelling().equals(name)).findFirst();
  }

  /** {@return the names of all commands, with their commas} */
  public static List<String> names() {
    return Arrays.stream(values()).map(ShellCommand::spelling).toList();
  }

  /** {@return the name with its comma} */
  public String spelling() {
    return "," + name().toLowerCase(Locale.ROOT);
  }

  /** {@return the command as it is written, with its argument} */
  public String signature() {
    return (spelling() + " " + argument).strip();
  }

  /** {@return what the command does} */
  public String help() {
    return help;
  }
}
