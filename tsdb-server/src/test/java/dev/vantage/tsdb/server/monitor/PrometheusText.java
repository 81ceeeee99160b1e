package dev.vantage.tsdb.server.monitor;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of Prometheus, version 0.0.4, by its grammar and stricter than most: every
 * sample belongs to a family that was described before it, families come in one piece, and the
 * buckets of histograms add up.
 */
final class PrometheusText {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern HELP =
      Pattern.compile("# HELP (" + NAME + ") ([^\\\\]|\\\\[\\\\n])*");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\"";
  private static final String NUMBER = "NaN|[+-]Inf|[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(" + NAME + ")(?:\\{(" + LABEL + "(?:," + LABEL + ")*,?)\\})? (" + NUMBER + ")");

  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();
  private String family = "";

  private PrometheusText() {}

  /** The samples, by name and labels as they are written. */
  static Map<String, Double> parse(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line must end");
    }
    PrometheusText parsed = new PrometheusText();
    text.lines().forEach(parsed::line);
    parsed.checkHistograms();
    return parsed.samples;
  }

  private void line(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      enter(help.group(1));
    } else if (type.matches()) {
      enter(type.group(1));
      check(types.put(family, type.group(2)) == null, "two types", line);
    } else if (sample.matches()) {
      check(belongs(sample.group(1)), "no family of it", line);
      String key = sample.group(1) + (sample.group(2) == null ? "" : "{" + sample.group(2) + "}");
      check(samples.put(key, number(sample.group(3))) == null, "twice", line);
    } else {
      check(false, "not in the grammar", line);
    }
  }

  private void enter(String name) {
    if (!name.equals(family)) {
      finished.add(family);
      check(!finished.contains(name), "family in two pieces", name);
      family = name;
    }
  }

  private boolean belongs(String name) {
    String type = types.getOrDefault(family, "none");
    return switch (type) {
      case "histogram" -> name.matches(Pattern.quote(family) + "_(bucket|sum|count)");
      case "summary" -> name.matches(Pattern.quote(family) + "(_sum|_count)?");
      case "none" -> false;
      default -> name.equals(family);
    };
  }

  private void checkHistograms() {
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            checkHistogram(name);
          }
        });
  }

  private void checkHistogram(String name) {
    String start = name + "_bucket{";
    Map<String, Double> highest = new LinkedHashMap<>();
    Map<String, Double> last = new LinkedHashMap<>();
    samples.forEach(
        (key, value) -> {
          if (key.startsWith(start)) {
            Matcher end = Pattern.compile(",?le=\"([^\"]+)\"").matcher(key);
            check(end.find(), "bucket without an end", key);
            String series = end.replaceFirst("").substring(start.length() - 1);
            double bound = number(end.group(1));
            check(bound > highest.getOrDefault(series, -1.0), "ends must grow", key);
            check(value >= last.getOrDefault(series, 0.0), "counts must not shrink", key);
            highest.put(series, bound);
            last.put(series, value);
          }
        });
    check(!last.isEmpty(), "a histogram has buckets", name);
    last.forEach(
        (series, count) -> {
          String labels = series.equals("{}") ? "" : series;
          check(highest.get(series) == Double.POSITIVE_INFINITY, "the last has no end", series);
          check(count.equals(samples.get(name + "_count" + labels)), "they add up", name + series);
          check(samples.containsKey(name + "_sum" + labels), "there is a sum", name + series);
        });
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static void check(boolean holds, String rule, String where) {
    if (!holds) {
      throw new AssertionError(rule + ": " + where);
    }
  }
}
