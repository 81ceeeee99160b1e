package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.CacheStats.Sample;
import dev.vantage.tsdb.CacheStats.Use;
import dev.vantage.tsdb.protocol.op.CacheStatistics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Formats the statistics of a cache. */
final class CacheAnswer {
  private static final List<String> HEADER =
      List.of(
          "time",
          "items",
          "bytes",
          "requests",
          "hits",
          "misses",
          "hit_rate",
          "miss_rate",
          "evictions");

  private CacheAnswer() {}

  /**
   * Returns a row for the total and a row for each sample; the table has a row for each minute
   * instead.
   */
  static VerbOutput of(CacheStats stats) {
    List<List<String>> exact = new ArrayList<>();
    exact.add(exact("total", stats.items(), stats.bytes(), stats.use()));
    for (Sample sample : stats.samples()) {
      exact.add(exact(sample.time().toString(), sample.items(), sample.bytes(), sample.use()));
    }
    List<List<String>> readable = new ArrayList<>();
    readable.add(readable("total", stats.items(), stats.bytes(), stats.use()));
    minutes(stats.samples())
        .forEach(
            (minute, sample) ->
                readable.add(
                    readable(minute.toString(), sample.items(), sample.bytes(), sample.use())));
    return VerbOutput.of(CacheStatistics.payload(stats).toTree(), TextTable.of(HEADER, exact))
        .readAs(List.of(TextTable.of(HEADER, readable)))
        .withNotes(List.of(words(stats.settings())));
  }

  static String words(CacheSettings settings) {
    return "capacity: " + settings.capacityMb() + " MB; policy: " + settings.policy().label();
  }

  /** Returns a sample for each minute: the size at its end, and the sum of its uses. */
  private static Map<Instant, Sample> minutes(List<Sample> samples) {
    Map<Instant, Sample> minutes = new TreeMap<>();
    for (Sample sample : samples) {
      minutes.merge(
          sample.time().truncatedTo(ChronoUnit.MINUTES),
          sample,
          (earlier, later) ->
              new Sample(
                  later.time(), later.items(), later.bytes(), earlier.use().plus(later.use())));
    }
    return minutes;
  }

  private static List<String> exact(String time, long items, long bytes, Use use) {
    return row(
        time, items, bytes, use, digits("%s", use.hitRate(), 1), digits("%s", use.missRate(), 1));
  }

  private static List<String> readable(String time, long items, long bytes, Use use) {
    return row(
        time,
        items,
        bytes,
        use,
        digits("%.1f%%", use.hitRate(), 100),
        digits("%.1f%%", use.missRate(), 100));
  }

  private static String digits(String format, OptionalDouble rate, double unit) {
    return rate.isPresent() ? String.format(Locale.ROOT, format, unit * rate.getAsDouble()) : "";
  }

  private static List<String> row(
      String time, long items, long bytes, Use use, String hitRate, String missRate) {
    return List.of(
        time,
        Long.toString(items),
        Long.toString(bytes),
        Long.toString(use.requests()),
        Long.toString(use.hits()),
        Long.toString(use.misses()),
        hitRate,
        missRate,
        Long.toString(use.evictions()));
  }
}
