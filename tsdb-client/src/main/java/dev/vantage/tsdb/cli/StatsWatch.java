package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.protocol.op.Statistics;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Prints the statistics of a database periodically, with the changes since the last sample: on a
 * terminal as a table that is redrawn in place, elsewhere as one line for each sample.
 */
final class StatsWatch {
  private static final String UNKNOWN = "-";
  private static final int NARROWEST = 8;

  private final OutputFormat format;
  private final boolean terminal;
  private final PrintWriter out;
  private StatsSample last;
  private int drawn;

  /**
   * Starts with a first sample, which is not printed, since there are no changes yet.
   *
   * @param format the format to print
   * @param terminal whether a table can be redrawn in place
   * @param out where to print
   * @param first the first sample
   */
  StatsWatch(OutputFormat format, boolean terminal, PrintWriter out, StatsSample first) {
    this.format = format;
    this.terminal = terminal;
    this.out = out;
    this.last = first;
  }

  /** Prints a sample. Returns whether the output is still open. */
  boolean print(StatsSample now) {
    switch (format) {
      case JSON -> printDocument(now);
      case CSV -> printLine(",", "", values(now));
      case TABLE -> {
        if (terminal) {
          redraw(values(now));
        } else {
          printLine("  ", " ", values(now));
        }
      }
    }
    last = now;
    return !out.checkError();
  }

  private void printDocument(StatsSample now) {
    ObjectNode document = (ObjectNode) Statistics.payload(now.stats()).toTree();
    document.put("time", now.time().toString());
    ObjectNode rates = document.putObject("rates");
    rates(now)
        .forEach((name, rate) -> rates.put(name, rate.isPresent() ? rate.getAsDouble() : null));
    out.print(Json.toText(document) + "\n");
  }

  /** Prints columns at least as wide as their names, with a header above the first line. */
  private void printLine(String separator, String padding, Map<String, String> values) {
    if (drawn == 0) {
      out.print(
          String.join(
                  separator,
                  values.keySet().stream().map(name -> padded(name, name, padding)).toList())
              + "\n");
    }
    drawn++;
    out.print(
        String.join(
                separator,
                values.entrySet().stream()
                    .map(one -> padded(one.getValue(), one.getKey(), padding))
                    .toList())
            + "\n");
  }

  private static String padded(String text, String name, String padding) {
    int width = Math.max(NARROWEST, name.length());
    return padding.repeat(Math.max(0, width - text.length())) + text;
  }

  /** Moves to the first line of the table and overwrites it line by line, without flicker. */
  private void redraw(Map<String, String> values) {
    StringBuilder lines = new StringBuilder(drawn == 0 ? "" : "\u001b[" + drawn + "A");
    values.forEach(
        (name, value) ->
            lines.append(
                String.format(Locale.ROOT, "%-24s%s\u001b[K%n", name.replace('_', ' '), value)));
    out.print(lines);
    drawn = values.size();
  }

  private Map<String, String> values(StatsSample now) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("time", now.time().truncatedTo(ChronoUnit.SECONDS).toString());
    values.put("series", Long.toString(now.stats().series()));
    values.put("index_bytes", Long.toString(now.stats().memory().indexBytes()));
    if (now.stats().server().isPresent()) {
      rates(now).forEach((name, rate) -> values.put(name, text(rate)));
      values.put("connections", text(now.load("connections")));
      values.put("running", text(sum(now, "reads_running", "writes_running")));
      values.put("queued", text(sum(now, "reads_queued", "writes_queued")));
    }
    return values;
  }

  private Map<String, OptionalDouble> rates(StatsSample now) {
    Map<String, OptionalDouble> rates = new LinkedHashMap<>();
    if (now.stats().server().isPresent()) {
      rates.put("requests_per_s", now.perSecond("requests", last));
      rates.put("rejected_per_s", now.perSecond("rejected", last));
      rates.put("timed_out_per_s", now.perSecond("timed_out", last));
      rates.put("mean_ms", now.meanMillis(last));
      rates.put("cache_hit_rate", now.hitRate(last));
    }
    return rates;
  }

  private static OptionalLong sum(StatsSample now, String one, String other) {
    OptionalLong first = now.load(one);
    OptionalLong second = now.load(other);
    return first.isPresent() && second.isPresent()
        ? OptionalLong.of(first.getAsLong() + second.getAsLong())
        : OptionalLong.empty();
  }

  private static String text(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : UNKNOWN;
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : UNKNOWN;
  }
}
