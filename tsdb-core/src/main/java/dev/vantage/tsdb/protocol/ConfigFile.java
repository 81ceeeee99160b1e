package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.series.NearestName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
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
 * name is that of an option without its dashes; a flag is {@code true} or {@code false}. Quotes
 * around a value are left out. A value that begins with {@code ~/} is in the user's home directory.
 * Blank lines are left out, and so is a comment: {@code #} at the beginning of a line, or after a
 * blank and outside of quotes, with all that follows.
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
   * @param value the value, without blanks, quotes and comment
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

    /**
     * Creates an exception about the name of this setting.
     *
     * @param rule what must hold
     * @param known the names that may be meant
     * @return the exception, which names the setting, its line and the nearest of the known names
     */
    public InvalidRequestException unknown(String rule, Collection<String> known) {
      String nearest = NearestName.of(name, known).map(found -> ", nearest=" + found).orElse("");
      return new InvalidRequestException(refused(rule).getMessage() + nearest);
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
      lines = lines(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return EMPTY;
    } catch (IOException e) {
      String problem =
          Files.isDirectory(file)
              ? "it is a directory"
              : e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
      throw new InvalidRequestException(
          "file of settings must be readable: file=" + file + ", problem=" + problem);
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

  private static List<String> lines(Path file, byte[] text) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '\n') {
        ByteBuffer line = ByteBuffer.wrap(text, begin, i - begin);
        try {
          lines.add(StandardCharsets.UTF_8.newDecoder().decode(line).toString());
        } catch (CharacterCodingException e) {
          throw new InvalidRequestException(
              "file of settings must be in UTF-8: line=" + file + ":" + (lines.size() + 1));
        }
        begin = i + 1;
      }
    }
    return lines;
  }

  private static Setting parse(String line, String origin) {
    int equals = line.indexOf('=');
    String name = equals < 0 ? "" : line.substring(0, equals).strip();
    if (name.isEmpty() || name.startsWith("-") || name.contains(" ")) {
      String hint =
          name.contains(" ") && !name.startsWith("-")
              ? "; hint: dots join the words of a name: " + name.replaceAll("[ .]+", ".")
              : "";
      throw new InvalidRequestException(
          "line must be NAME = VALUE, with the name of an option without its dashes: line="
              + origin
              + hint);
    }
    return new Setting(name, value(line.substring(equals + 1)), origin);
  }

  /** Returns a value without its comment, and without quotes around all of it. */
  private static String value(String text) {
    String value = text.substring(0, endOfValue(text)).strip();
    int last = value.length() - 1;
    boolean isQuoted =
        last > 0 && isQuote(value.charAt(0)) && value.indexOf(value.charAt(0), 1) == last;
    if (isQuoted) {
      return value.substring(1, last);
    }
    return value.startsWith("~/") ? System.getProperty("user.home") + value.substring(1) : value;
  }

  private static int endOfValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isQuote(c)) {
        // A quote that is never closed is a char like any other.
        i = Math.max(i, text.indexOf(c, i + 1));
      } else if (c == '#' && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
        return i;
      }
    }
    return text.length();
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
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
