package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.ColumnNames;
import dev.vantage.tsdb.format.table.FieldSplitter;
import dev.vantage.tsdb.format.table.LineReader;
import dev.vantage.tsdb.format.table.Numbers;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an ARFF file: numeric attributes and at most one nominal class. Immutable.
 *
 * @param width how many attributes there are
 * @param label the index of the class
 * @param classes the classes that are declared; empty if the class is a number
 */
record ArffHeader(int width, Optional<Integer> label, Set<String> classes) {
  private static final Set<String> NUMERIC = Set.of("numeric", "real", "integer");
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "@attribute\\s+('(?:[^'\\\\]|\\\\.)*'|\"[^\"]*\"|\\S+)\\s+(\\{.*|\\S+).*",
          Pattern.CASE_INSENSITIVE);

  /** Reads the header up to the line {@code @data}, included. */
  static ArffHeader read(LineReader lines) throws IOException, BadFileException {
    int width = 0;
    Optional<Integer> label = Optional.empty();
    Set<String> classes = Set.of();
    while (lines.next()) {
      String line = lines.text().strip();
      String lower = line.toLowerCase(Locale.ROOT);
      if (line.startsWith("%") || lower.startsWith("@relation")) {
        continue;
      }
      if (lower.startsWith("@data")) {
        return checked(new ArffHeader(width, label, classes), lines.number());
      }
      if (isClass(line, lines.number())) {
        if (label.isPresent()) {
          throw new BadFileException(
              lines.number(),
              "arff file must have at most 1 nominal attribute or other class: found=2");
        }
        label = Optional.of(width);
        classes = classes(line);
      }
      width++;
    }
    throw new BadFileException(
        Math.max(1, lines.number()), "arff file must have @data before its rows: data=none");
  }

  private static ArffHeader checked(ArffHeader header, long line) throws BadFileException {
    if (header.width - (header.label.isPresent() ? 1 : 0) < 2) {
      throw new BadFileException(
          line, "arff file must have at least 2 numeric attributes: attributes=" + header.width);
    }
    return header;
  }

  /** Returns the classes that a declaration lists in braces. */
  private static Set<String> classes(String declaration) {
    int open = declaration.indexOf('{');
    int close = declaration.lastIndexOf('}');
    return open < 0 || close < open
        ? Set.of()
        : FieldSplitter.ofArff(declaration.substring(open + 1, close))
            .<Set<String>>map(Set::copyOf)
            .orElse(Set.of());
  }

  /** Reads the declaration of an attribute. Returns whether it is the class. */
  private static boolean isClass(String line, long number) throws BadFileException {
    Matcher attribute = ATTRIBUTE.matcher(line);
    if (!attribute.matches()) {
      throw new BadFileException(
          number, "arff file must declare attributes before @data: line=" + Numbers.quote(line));
    }
    String type = attribute.group(2).toLowerCase(Locale.ROOT);
    if (type.startsWith("{")) {
      return true;
    }
    if (!NUMERIC.contains(type)) {
      throw new BadFileException(
          number,
          "attributes of an arff file must be numeric, but for one nominal class: type="
              + Numbers.quote(type)
              + (type.equals("relational") ? "; hint: use the ts file of the same data" : ""));
    }
    // A class may also be written in numbers.
    String name = attribute.group(1).toLowerCase(Locale.ROOT).replaceAll("^['\"]|['\"]$", "");
    return ColumnNames.isLabel(name);
  }
}
