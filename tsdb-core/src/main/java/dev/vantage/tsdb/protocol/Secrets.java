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
 * Takes passwords and tokens out of text for people. What users type may be quoted by any message,
 * also what they typed in the wrong place. Immutable.
 *
 * <p>Addresses with a password and {@code password=...} are recognised anywhere. Of the arguments
 * of a command more is known: a password ends with its argument, whatever is in it, an option of
 * the name of a secret has one for its value, and a file of a token that is no file may be the
 * token.
 */
public final class Secrets {
  private static final String MASK = "***";

  /** Shorter secrets are masked in their argument alone: they may be part of any word. */
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

  /** What stands in place of which words. */
  private final Map<String, String> words = new LinkedHashMap<>();

  private Secrets() {}

  /**
   * Finds the secrets among what a command was given.
   *
   * @param arguments its arguments
   * @param environment its environment
   * @return what masks them
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

  /** A token where a file is expected. Names of files mostly have a dot, or a directory. */
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
    // As it was typed, as a URL means it, and as a path shows it.
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
   * Masks what is recognised without knowing arguments.
   *
   * @param text any text
   * @return the text, with the passwords of addresses left out and others masked
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
   * @return the text without them
   */
  public String masked(String text) {
    String masked = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      masked = masked.replace(word.getKey(), word.getValue());
    }
    return maskedIn(masked);
  }

  /**
   * Makes a writer that masks each text that is printed. Flushes after every line.
   *
   * @param out where the masked text goes, in UTF-8
   * @return the writer
   */
  public PrintWriter over(OutputStream out) {
    return over(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  /**
   * Makes a writer that masks each text that is printed. Flushes after every line.
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
