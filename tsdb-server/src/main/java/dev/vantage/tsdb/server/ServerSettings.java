package dev.vantage.tsdb.server;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.ConfigFile;
import dev.vantage.tsdb.protocol.ConfigFile.Setting;
import dev.vantage.tsdb.protocol.Secrets;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The settings of the server in its file; options on the command line go before them. */
final class ServerSettings {
  static final String FILE_OPTION = "--config";
  static final String PRINT_OPTION = "--print-config";

  private static final String FILE_VARIABLE = "TSDB_SERVER_CONFIG";
  private static final Path USUAL_FILE = Path.of("/etc/tsdb/server.conf");
  private static final List<String> OF_THE_LOG = List.of("log-format", "log-level");

  private final ConfigFile file;
  private final Map<String, String> origins = new LinkedHashMap<>();

  private ServerSettings(ConfigFile file) {
    this.file = file;
  }

  /**
   * Reads the file that the arguments or the environment name, or else the usual one.
   *
   * @throws InvalidRequestException if the file that is named is missing, or a line is malformed
   */
  static ServerSettings read(String[] arguments, Map<String, String> environment) {
    Optional<String> named = named(arguments);
    if (named.isEmpty() && environment.containsKey(FILE_VARIABLE)) {
      named = Optional.of(environment.get(FILE_VARIABLE));
      if (named.get().isBlank()) {
        return new ServerSettings(ConfigFile.EMPTY);
      }
    }
    if (named.isPresent() && !Files.exists(Path.of(named.get()))) {
      throw new InvalidRequestException("file of settings must exist: file=" + named.get());
    }
    return new ServerSettings(ConfigFile.read(named.map(Path::of).orElse(USUAL_FILE)));
  }

  private static Optional<String> named(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(FILE_OPTION + "=")) {
        return Optional.of(arguments[i].substring(FILE_OPTION.length() + 1));
      }
      if (arguments[i].equals(FILE_OPTION) && i + 1 < arguments.length) {
        return Optional.of(arguments[i + 1]);
      }
    }
    return Optional.empty();
  }

  /** The arguments with the settings of the log, which is configured before the parser is made. */
  String[] forLog(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    for (String name : OF_THE_LOG) {
      String option = "--" + name;
      if (!ConfigFile.isGiven(List.of(option), words)) {
        file.find(name).flatMap(setting -> setting.withValue(option)).ifPresent(words::add);
      }
    }
    return words.toArray(String[]::new);
  }

  /**
   * Adds the settings of options that the arguments do not set.
   *
   * @throws InvalidRequestException if a setting names no option of the server
   */
  String[] complete(String[] arguments, CommandSpec spec) {
    List<String> given = List.of(arguments);
    List<String> words = new ArrayList<>();
    for (Setting setting : file.settings()) {
      OptionSpec option = spec.findOption("--" + setting.name());
      if (option == null || asks(option)) {
        throw setting.unknown("setting must be an option of tsdb-server", names(spec));
      }
      String name = option.longestName();
      if (!ConfigFile.isGiven(List.of(option.names()), given)) {
        boolean isFlag = option.arity().max() == 0;
        (isFlag ? setting.asFlag(name) : setting.withValue(name)).ifPresent(words::add);
        origins.put(name, setting.origin());
      }
    }
    words.addAll(given);
    return words.toArray(String[]::new);
  }

  private static List<String> names(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !asks(option))
        .map(option -> option.longestName().substring(2))
        .toList();
  }

  private static boolean asks(OptionSpec option) {
    return option.usageHelp()
        || option.versionHelp()
        || List.of(FILE_OPTION, PRINT_OPTION).contains(option.longestName());
  }

  /** Prints each option, its value and where it is set. */
  void print(ParseResult parsed, PrintWriter out) {
    for (OptionSpec option : parsed.commandSpec().options()) {
      String name = option.longestName();
      if (!asks(option)) {
        OptionSpec matched = parsed.matchedOption(name);
        String origin = origins.getOrDefault(name, matched == null ? "default" : "command line");
        out.println(
            String.format(
                    Locale.ROOT,
                    "%-28s %-24s %s",
                    name.substring(2),
                    matched == null
                        ? initial(option)
                        : Secrets.maskedIn(String.join(",", matched.originalStringValues())),
                    origin)
                .stripTrailing());
      }
    }
    out.flush();
  }

  /** The default of an option, as one would write it. */
  private static String initial(OptionSpec option) {
    Object value = option.initialValue();
    if (value instanceof Duration duration) {
      return duration.toMillis() % 1000 == 0
          ? duration.toSeconds() + "s"
          : duration.toMillis() + "ms";
    }
    if (value instanceof InetSocketAddress address) {
      return Units.format(address);
    }
    return value == null ? "-" : value.toString().toLowerCase(Locale.ROOT);
  }
}
