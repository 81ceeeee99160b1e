package dev.vantage.tsdb.server;

import dev.vantage.tsdb.series.NearestName;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in the words of this program what is wrong with its options. */
final class WrongUsage {
  private static final Pattern WRONG_VALUE =
      Pattern.compile("Invalid value for option '([^']*)'(?: \\(.*?\\))?: (.*)", Pattern.DOTALL);
  private static final Pattern NO_BOOLEAN = Pattern.compile("('.*') is not a boolean");
  private static final Pattern NO_VALUE =
      Pattern.compile("(?:Missing required parameter|Expected parameter) for option '([^']*)'.*");
  private static final String CAPACITY = "capacity_mb";

  private WrongUsage() {}

  /** Returns the message for options that the parser refuses. */
  static String of(ParameterException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (failure instanceof OverwrittenOptionException overwritten) {
      return name(overwritten.getOverwritten()) + " must be given once";
    }
    Matcher missing = NO_VALUE.matcher(message);
    if (missing.matches()) {
      OptionSpec option = failure.getCommandLine().getCommandSpec().findOption(missing.group(1));
      String label = option == null ? "" : ": " + missing.group(1) + " " + option.paramLabel();
      return missing.group(1) + " needs a value" + label;
    }
    Matcher wrong = WRONG_VALUE.matcher(message);
    if (wrong.matches()) {
      Matcher flag = NO_BOOLEAN.matcher(wrong.group(2));
      return wrong.group(1)
          + " "
          + (flag.matches() ? "takes no value: " + flag.group(1) : wrong.group(2));
    }
    return message;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().get(0);
    if (!failure.isUnknownOption()) {
      return "options alone are expected: '" + first + "'";
    }
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    List<String> options =
        spec.options().stream().flatMap(option -> Stream.of(option.names())).toList();
    String name = first.replaceFirst("=.*", "");
    String near = NearestName.of(name, options).map(found -> ", nearest=" + found).orElse("");
    return "no such option: '" + first + "'" + near;
  }

  /** Begins a message about a limit or a size with the option that sets it. */
  static String withOption(String message, CommandSpec spec) {
    if (message.startsWith(CAPACITY)) {
      return message.replace(CAPACITY, "--cache-mb");
    }
    for (OptionSpec option : spec.options()) {
      String name = option.longestName();
      String words = name.substring(2).replace('-', ' ') + " must";
      if (message.startsWith(words)) {
        return name + message.substring(words.length() - " must".length());
      }
    }
    return message;
  }
}
