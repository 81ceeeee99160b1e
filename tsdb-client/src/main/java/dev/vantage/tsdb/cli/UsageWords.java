package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.series.NearestName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in the words of this program what the parser found wrong with the arguments. */
final class UsageWords {
  private static final Pattern WRONG_VALUE =
      Pattern.compile(
          "Invalid value for (?:option '[^']*'|positional parameter at index \\S+)(?: \\(.*?\\))?: (.*)",
          Pattern.DOTALL);
  private static final Pattern NOT_CONVERTED =
      Pattern.compile("cannot convert ('.*') to (\\w+) .*", Pattern.DOTALL);
  private static final Pattern NO_VALUE =
      Pattern.compile("(?:Missing required parameter|Expected parameter) for option '([^']*)'.*");
  private static final Pattern NEEDLESS_VALUE =
      Pattern.compile("option '([^']*)'.* should be specified without '(.*)' parameter");
  private static final Pattern NO_BOOLEAN =
      Pattern.compile("Invalid value for option '([^']*)'.*: '(.*)' is not a boolean");
  private static final Pattern NO_PAIR =
      Pattern.compile("Value for option .* should be in KEY=VALUE format but was (.*)");
  private static final Pattern UNKNOWN_VERB = Pattern.compile("Unknown subcommand '(.*)'\\.");
  private static final Pattern EXCLUSIVE =
      Pattern.compile("Error: (.*) are mutually exclusive \\(specify only one\\)");

  /** A beginning of a name that is shorter may mean too many names. */
  private static final int SHORTEST_BEGINNING = 2;

  private UsageWords() {}

  /** Returns the message for wrong arguments. */
  static String of(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof MissingParameterException missing) {
      return missing(missing, message);
    }
    if (failure instanceof OverwrittenOptionException overwritten) {
      return name(overwritten.getOverwritten()) + " must be given once";
    }
    Matcher exclusive = EXCLUSIVE.matcher(message);
    if (failure instanceof MutuallyExclusiveArgsException && exclusive.matches()) {
      return "only one of these may be given: " + exclusive.group(1);
    }
    Matcher verb = UNKNOWN_VERB.matcher(message);
    if (verb.matches()) {
      return noSuch("command", verb.group(1), verbs(failure.getCommandLine()));
    }
    return wrongValue(Optional.ofNullable(failure.getArgSpec()), message);
  }

  private static String wrongValue(Optional<ArgSpec> argument, String message) {
    for (Pattern needless : List.of(NEEDLESS_VALUE, NO_BOOLEAN)) {
      Matcher matcher = needless.matcher(message);
      if (matcher.matches()) {
        return matcher.group(1) + " takes no value: '" + matcher.group(2) + "'";
      }
    }
    Matcher pair = NO_PAIR.matcher(message);
    Matcher wrong = WRONG_VALUE.matcher(message);
    if (argument.isPresent() && pair.matches()) {
      return name(argument.get())
          + " must be "
          + argument.get().paramLabel()
          + ": '"
          + pair.group(1)
          + "'";
    }
    if (argument.isPresent() && wrong.matches()) {
      Matcher unconverted = NOT_CONVERTED.matcher(wrong.group(1));
      String rule =
          unconverted.matches()
              ? "must be of another form: " + unconverted.group(1)
              : wrong.group(1);
      return name(argument.get()) + " " + rule;
    }
    return message;
  }

  private static String missing(MissingParameterException failure, String message) {
    Matcher value = NO_VALUE.matcher(message);
    if (value.matches()) {
      String label =
          Optional.ofNullable(failure.getCommandLine().getCommandSpec().findOption(value.group(1)))
              .map(option -> ": " + value.group(1) + " " + option.paramLabel())
              .orElse("");
      return value.group(1) + " needs a value" + label;
    }
    boolean isChoice = message.contains("one of");
    // For a group, the parser also lists options that are given.
    List<String> names =
        failure.getMissing().stream()
            .map(UsageWords::name)
            .distinct()
            .filter(name -> isNamed(name, message))
            .toList();
    if (names.isEmpty()) {
      return message;
    }
    String all = String.join(isChoice ? " or " : " and ", names);
    return all + (names.size() == 1 || isChoice ? " is missing" : " are missing");
  }

  private static boolean isNamed(String name, String message) {
    return List.of(message.split("[^A-Za-z0-9-]+")).contains(name) || message.contains(name + "=");
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().get(0);
    CommandLine command = failure.getCommandLine();
    CommandSpec spec = command.getCommandSpec();
    if (failure.isUnknownOption()) {
      List<String> options =
          spec.options().stream().flatMap(option -> Stream.of(option.names())).toList();
      return noSuch("option", first, options);
    }
    if (!spec.subcommands().isEmpty()) {
      return noSuch("command", first, spec.subcommands().keySet()) + hint(first);
    }
    return "no more arguments are expected: '" + first + "'" + hint(first);
  }

  private static Collection<String> verbs(CommandLine command) {
    CommandSpec root = command.getCommandSpec().root();
    return command.getParent() == null ? root.subcommands().keySet() : parent(command);
  }

  private static Collection<String> parent(CommandLine command) {
    return command.getParent().getCommandSpec().subcommands().keySet();
  }

  private static String noSuch(String kind, String word, Collection<String> known) {
    String name = word.startsWith("--") ? word.replaceFirst("=.*", "") : word;
    String near = nearest(name, known).map(found -> ", nearest=" + found).orElse("");
    return "no such " + kind + ": '" + word + "'" + near;
  }

  /** Returns the name that is mistyped, or else the names that it begins. */
  private static Optional<String> nearest(String name, Collection<String> known) {
    Optional<String> mistyped = NearestName.of(name, known);
    boolean isShort = name.replaceFirst("^-+", "").length() < SHORTEST_BEGINNING;
    if (mistyped.isPresent() || isShort) {
      return mistyped;
    }
    String begun =
        known.stream().filter(one -> one.startsWith(name)).collect(Collectors.joining(" "));
    return Optional.of(begun).filter(names -> !names.isEmpty());
  }

  private static String hint(String argument) {
    try {
      Path path = Path.of(argument);
      if (argument.contains("://") || Files.isDirectory(path)) {
        return "; hint: --db says which database";
      }
      return Files.isRegularFile(path) ? "; hint: --file says which file" : "";
    } catch (InvalidPathException e) {
      return argument.contains("://") ? "; hint: --db says which database" : "";
    }
  }
}
