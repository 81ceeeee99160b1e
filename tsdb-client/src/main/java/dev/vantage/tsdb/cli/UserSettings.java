package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.ConfigFile;
import dev.vantage.tsdb.protocol.ConfigFile.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The settings of a user for all commands, in the environment and in a file. Immutable. An option
 * of the command goes before the environment, and the environment before the file. In the file,
 * {@code NAME} sets an option of all verbs, and {@code VERB.NAME} an option of one; dots join the
 * words of a verb of two words.
 */
final class UserSettings {
  private static final List<String> LOCATIONS = List.of("--db", "--server");

  /** The options that only a server has a use for. */
  private static final List<String> OF_SERVERS = List.of("--token-file", "--ca", "--tls");

  /** The options of all verbs that a file can set for one verb. */
  private static final List<String> OF_ANSWERS = List.of("--format", "--quiet", "--verbose");

  /** The variables that set options, in the order in which they count. */
  private static final List<String> VARIABLES =
      List.of("TSDB_DB", "TSDB_SERVER", "TSDB_TOKEN_FILE", "TSDB_CA");

  private final List<Setting> shared;
  private final List<Setting> ofVerbs;

  private UserSettings(List<Setting> shared, List<Setting> ofVerbs) {
    this.shared = shared;
    this.ofVerbs = ofVerbs;
  }

  /**
   * Reads the environment and the file.
   *
   * @throws InvalidRequestException if a line of the file is malformed
   */
  static UserSettings read(Map<String, String> environment) {
    ConfigFile file = file(environment).map(ConfigFile::read).orElse(ConfigFile.EMPTY);
    if (file.find("db").isPresent() && file.find("server").isPresent()) {
      throw file.find("server").get().refused("a database is in one place: db or server");
    }
    Predicate<Setting> ofVerb = setting -> setting.name().contains(".");
    List<Setting> shared = new ArrayList<>();
    for (String name : VARIABLES) {
      set(environment, name).map(value -> setting(name, value)).ifPresent(shared::add);
    }
    file.settings().stream().filter(ofVerb.negate()).forEach(shared::add);
    // Whether the options of servers count depends on where the database is.
    shared.sort(Comparator.comparing(setting -> !LOCATIONS.contains("--" + setting.name())));
    return new UserSettings(shared, file.settings().stream().filter(ofVerb).toList());
  }

  private static Setting setting(String variable, String value) {
    String option = variable.substring("TSDB_".length()).toLowerCase(Locale.ROOT);
    return new Setting(option.replace('_', '-'), value, "$" + variable);
  }

  private static Optional<Path> file(Map<String, String> environment) {
    return set(environment, "XDG_CONFIG_HOME")
        .or(() -> set(environment, "HOME").map(home -> home + "/.config"))
        .map(directory -> Path.of(directory, "tsdb", "config"));
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * Adds each setting to the arguments of a command, unless the arguments set the same option.
   *
   * @throws InvalidRequestException if a setting names no option
   */
  Arguments complete(String[] given) {
    List<String> words = new ArrayList<>(Arrays.asList(given));
    Map<String, String> origins = new LinkedHashMap<>();
    int verb = Verbs.indexIn(given);
    for (Setting setting : ofVerbs) {
      List<String> path = path(setting);
      OptionSpec option = option(setting, path);
      boolean asked = verb >= 0 && Collections.indexOfSubList(words, path) == verb;
      if (asked && !ConfigFile.isGiven(List.of(option.names()), words)) {
        add(setting, option.longestName(), option.arity().max() == 0, words, verb + path.size());
        origins.put(option.longestName(), setting.origin());
      }
    }
    for (Setting setting : shared) {
      String option = "--" + setting.name();
      boolean isFlag = Verbs.SHARED_FLAGS.contains(option);
      if (!isFlag && !Verbs.SHARED_WITH_VALUE.contains(option)) {
        throw setting.unknown(
            "name must be an option of all verbs, or VERB.OPTION for one of them", sharedNames());
      }
      boolean isSet = ConfigFile.isGiven(namesOf(option), words);
      boolean isUseless = OF_SERVERS.contains(option) && ConfigFile.isGiven(List.of("--db"), words);
      if (!isSet && !isUseless) {
        add(setting, option, isFlag, words, 0);
        origins.put(option, setting.origin());
      }
    }
    return new Arguments(words.toArray(String[]::new), origins);
  }

  /** Returns the names of an option and of the options that replace it. */
  private static List<String> namesOf(String option) {
    return LOCATIONS.contains(option)
        ? LOCATIONS
        : List.of(option, Verbs.SHORT_FLAGS.getOrDefault(option, option));
  }

  private static void add(
      Setting setting, String option, boolean isFlag, List<String> words, int at) {
    (isFlag ? setting.asFlag(option) : setting.withValue(option))
        .ifPresent(word -> words.add(at, word));
  }

  private static List<String> path(Setting setting) {
    List<String> parts = List.of(setting.name().split("\\."));
    return parts.subList(0, parts.size() - 1);
  }

  /** Returns the names of all options that a file can set for all verbs. */
  private static List<String> sharedNames() {
    return Stream.concat(Verbs.SHARED_WITH_VALUE.stream(), Verbs.SHARED_FLAGS.stream())
        .map(option -> option.substring(2))
        .toList();
  }

  /** The option of a verb that a setting names. */
  private static OptionSpec option(Setting setting, List<String> path) {
    Class<?> verb = path.isEmpty() ? null : Verbs.ALL.get(path.get(0));
    String name = setting.name().substring(setting.name().lastIndexOf('.') + 1);
    if (verb == null) {
      throw unknown(
          setting, "name must begin with a verb of tsdb", "", "." + name, Verbs.ALL.keySet());
    }
    CommandSpec spec = new CommandLine(verb).getCommandSpec();
    String before = path.get(0) + ".";
    for (String next : path.subList(1, path.size())) {
      Map<String, CommandLine> verbs = spec.subcommands();
      if (!verbs.containsKey(next)) {
        throw unknown(
            setting, "name must begin with a verb of tsdb", before, "." + name, verbs.keySet());
      }
      spec = verbs.get(next).getCommandSpec();
      before += next + ".";
    }
    String dashed = (name.length() > 1 ? "--" : "-") + name;
    OptionSpec option = spec.findOption(dashed);
    if (option == null && OF_ANSWERS.contains(dashed)) {
      option = CommandSpec.forAnnotatedObject(TsdbCommand.class).findOption(dashed);
    }
    if (option == null || option.usageHelp() || option.versionHelp()) {
      throw unknown(setting, "name must end with an option of the verb", before, "", names(spec));
    }
    return option;
  }

  private static InvalidRequestException unknown(
      Setting setting, String rule, String before, String after, Collection<String> known) {
    return setting.unknown(rule, known.stream().map(one -> before + one + after).toList());
  }

  private static List<String> names(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .map(option -> option.longestName().replaceFirst("^-+", ""))
        .toList();
  }

  /**
   * The arguments of a command.
   *
   * @param words the arguments, with the settings
   * @param origins where each option that was added is set
   */
  record Arguments(String[] words, Map<String, String> origins) {}
}
