package dev.vantage.tsdb.protocol;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks passwords and tokens in text for people. Immutable. Any message may quote what a user
 * typed, even a secret typed in the wrong place.
 *
 * <p>Addresses with a password and {@code password=...} are recognised anywhere. In the arguments
 * of a command more is recognised: a password extends to the end of its argument, an option with
 * the name of a secret has a secret as its value, and a token file that does not look like a file
 * may be the token itself.
 */
public final class Secrets {
  private static final String MASK = "***";

  /** Secrets of fewer chars are masked only in their argument: they may be part of any word. */
  private static final int SHORTEST_WORD = 4;

  private static final int SHORTEST_TOKEN = 16;

  private static final String SCHEME =
      "(?:postgres(?:ql)?(?::|%3A)|[a-z][a-z0-9+.-]*(?::|%3A)(?=/|%2F))";
  private static final String SLASHES = "(?:/|%2F)*";
  private static final String USER = "(?:(?!%3A|%2F|%40)[^\\s'\"@:/])*";
  private static final String COLON = "(?::|%3A)";
  private static final String AT = "(?:@|%40)";
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  private static final Pattern ADDRESS =
      Pattern.compile("(" + SCHEME + SLASHES + USER + ")" + COLON + "\\S*(" + AT + ")", FLAGS);
  private static final Pattern PARAMETER =
      Pattern.compile("([a-z_]*(?:password|passwd|pwd)=)[^&;\\s'\"]+", FLAGS);

  private static final Pattern WHOLE_ADDRESS =
      Pattern.compile(SCHEME + SLASHES + USER + COLON + "(.*)" + AT, FLAGS);
  private static final Pattern WHOLE_PARAMETER =
      Pattern.compile("(?:password|passwd|pwd)=([^&;]+)", FLAGS);
  private static final Pattern ACCOUNT = Pattern.compile("(?:.*/)?[^\\s@:/]+:(.+)@[^@]*", FLAGS);
  private static final Pattern SECRET_OPTION =
      Pattern.compile("--?(?:pg)?(?:password|passwd|pwd|pass|token|secret)", FLAGS);
  private static final List<String> PLACES = List.of("--server", "--db", "--listen", "--metrics");
  private static final String TOKEN_FILE = "--token-file";
  private static final Pattern TOKEN = Pattern.compile("(?=.*[0-9])[A-Za-z0-9+/_=-]+");

  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  /** The replacement of each masked word. */
  private final Map<String, String> words = new LinkedHashMap<>();

  private Secrets() {}

  /**
   * Finds the secrets in the arguments and the environment of a command.
   *
   * @param arguments its arguments
   * @param environment its environment
   * @return an object that masks the secrets
   */
  public static Secrets of(String[] arguments, Map<String, String> environment) {
    Secrets secrets = new Secrets();
    String option = "";
    for (String argument : arguments) {
      secrets.find(option, argument);
      int equals = argument.startsWith("-") ? argument.indexOf('=') : -1;
      if (equals > 0) {
        secrets.find(argument.substring(0, equals), argument.substring(equals + 1));
      }
      option = argument;
    }
    secrets.find("--db", environment.getOrDefault("TSDB_DB", ""));
    secrets.find("--server", environment.getOrDefault("TSDB_SERVER", ""));
    secrets.find(TOKEN_FILE, environment.getOrDefault("TSDB_TOKEN_FILE", ""));
    return secrets;
  }

  private void find(String option, String value) {
    for (Pattern pattern : List.of(WHOLE_ADDRESS, WHOLE_PARAMETER)) {
      Matcher matcher = pattern.matcher(value);
      while (matcher.find()) {
        add(matcher.group(1));
      }
    }
    Matcher account = ACCOUNT.matcher(value);
    if (PLACES.contains(option) && account.matches()) {
      add(account.group(1));
    }
    boolean isSecret = SECRET_OPTION.matcher(option).matches() && !value.startsWith("-");
    if (isSecret || option.equals(TOKEN_FILE) && looksLikeToken(value)) {
      add(value);
    }
  }

  /**
   * Says whether a value that should be a file looks like a token. File names mostly have a dot or
   * a directory.
   */
  private static boolean looksLikeToken(String value) {
    if (value.length() < SHORTEST_TOKEN || !TOKEN.matcher(value).matches()) {
      return false;
    }
    try {
      Path path = Path.of(value);
      return !Files.exists(path) && (path.getParent() == null || !Files.exists(path.getParent()));
    } catch (InvalidPathException e) {
      return true;
    }
  }

  private void add(String secret) {
    // As typed, as decoded from a URL, and as shown by a path.
    for (String form : List.of(secret, decoded(secret), secret.replaceAll("/+", "/"))) {
      if (form.length() >= SHORTEST_WORD) {
        words.put(form, MASK);
      }
    }
  }

  private static String decoded(String text) {
    return ENCODED
        .matcher(text)
        .replaceAll(
            run -> {
              byte[] bytes = HexFormat.of().parseHex(run.group().replace("%", ""));
              return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
            });
  }

  /**
   * Masks the secrets that are recognised without knowing the arguments.
   *
   * @param text any text
   * @return the text without the passwords of addresses, and with other passwords masked
   */
  public static String maskedIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.contains("@") && !lower.contains("%40") && !lower.contains("=")) {
      return text;
    }
    String masked = ADDRESS.matcher(text).replaceAll("$1$2");
    return PARAMETER.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
  }

  /**
   * Masks the secrets of the command in a text.
   *
   * @param text any text
   * @return the text with the secrets masked
   */
  public String masked(String text) {
    String masked = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      masked = masked.replace(word.getKey(), word.getValue());
    }
    return maskedIn(masked);
  }

  /**
   * Creates a writer that masks each string that is printed. Flushes after every line.
   *
   * @param out where the masked text goes, in UTF-8
   * @return the writer
   */
  public PrintWriter over(OutputStream out) {
    return over(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  /**
   * Creates a writer that masks each string that is printed. Flushes after every line.
   *
   * @param out where the masked text goes
   * @return the writer
   */
  public PrintWriter over(Writer out) {
    return new PrintWriter(out, true) {
      @Override
      public void write(String text, int offset, int length) {
        String masked = masked(text.substring(offset, offset + length));
        super.write(masked, 0, masked.length());
      }
    };
  }
}
