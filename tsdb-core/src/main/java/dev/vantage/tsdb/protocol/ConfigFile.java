package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that sets options of a program. Immutable. Each line is {@code NAME = VALUE}, where the
 * name is that of an option without its dashes; a flag is {@code true} or {@code false}. Blank
 * lines and lines that begin with {@code #} are left out.
 */
public final class ConfigFile {
  /** The settings of a file that is not there. */
  public static final ConfigFile EMPTY = new ConfigFile(Map.of());

  private final Map<String, Setting> settings;

  private ConfigFile(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /**
   * One line of the file.
   *
   * @param name the name of the option, without dashes
   * @param value the value, without spaces around it
   * @param origin the file and the line
   */
  public record Setting(String name, String value, String origin) {

    /**
     * Says how an option with a value is set on a command line.
     *
     * @param option the option, with its dashes
     * @return the argument
     */
    public Optional<String> withValue(String option) {
      return Optional.of(option + "=" + value);
    }

    /**
     * Says how a flag is set on a command line.
     *
     * @param option the option, with its dashes
     * @return the argument; empty if the flag must not be set
     * @throws InvalidRequestException if the value is neither true nor false
     */
    public Optional<String> asFlag(String option) {
      return switch (value) {
        case "true" -> Optional.of(option);
        case "false" -> Optional.empty();
        default -> throw refused("flag must be true or false");
      };
    }

    /**
     * Creates an exception about this setting.
     *
     * @param rule what must hold
     * @return the exception, which names the setting and its line
     */
    public InvalidRequestException refused(String rule) {
      return new InvalidRequestException(rule + ": setting=" + name + ", line=" + origin);
    }
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its settings; none if there is no such file
   * @throws InvalidRequestException if a line is malformed, a name is set twice, or the file cannot
   *     be read
   */
  public static ConfigFile read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return EMPTY;
    } catch (IOException e) {
      throw new InvalidRequestException(
          "file of settings must be readable text in UTF-8: file="
              + file
              + ", problem="
              + e.getMessage());
    }
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Setting setting = parse(line, file + ":" + (i + 1));
        Setting before = settings.putIfAbsent(setting.name(), setting);
        if (before != null) {
          throw setting.refused("option must be set once");
        }
      }
    }
    return new ConfigFile(settings);
  }

  private static Setting parse(String line, String origin) {
    int equals = line.indexOf('=');
    String name = equals < 0 ? "" : line.substring(0, equals).strip();
    if (name.isEmpty() || name.startsWith("-") || name.contains(" ")) {
      throw new InvalidRequestException(
          "line must be NAME = VALUE, with the name of an option without its dashes: line="
              + origin);
    }
    return new Setting(name, line.substring(equals + 1).strip(), origin);
  }

  /** {@return all settings, in the order of the file} */
  public List<Setting> settings() {
    return new ArrayList<>(settings.values());
  }

  /**
   * Finds a setting.
   *
   * @param name the name of the option, without dashes
   * @return the setting, or empty if the file does not set that option
   */
  public Optional<Setting> find(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /**
   * Says whether arguments set an option, which then goes before the file.
   *
   * @param names the names of the option, with their dashes
   * @param arguments the arguments of the program
   * @return true if one of the arguments is the option, alone or with its value
   */
  public static boolean isGiven(Collection<String> names, List<String> arguments) {
    for (String argument : arguments) {
      for (String name : names) {
        boolean isShort = !name.startsWith("--");
        if (argument.equals(name)
            || argument.startsWith(name + "=")
            || isShort && argument.startsWith(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
