package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A database with some distance that grows and changes, and the model of it. */
final class MetricHistory {
  static final int LENGTH = 32;
  private static final int AT_ONCE = 1000;

  private final Settings settings;
  private final Metric metric;
  private final Random random;
  private final RandomSeries series;
  private final ScanModel all;
  private final ScanModel even;
  private int made;

  /** Begins with no series; the length of the settings is {@link #LENGTH}. */
  MetricHistory(Settings settings, Random random) {
    this.settings = settings;
    this.random = random;
    metric = SettingsCodec.metric(settings);
    series = new RandomSeries(random.nextLong(), LENGTH);
    all = new ScanModel(settings);
    even = new ScanModel(settings);
  }

  ScanModel all() {
    return all;
  }

  /** Half of the series walk near a few paths, so that bounds rule series out. */
  private TimeSeries next() {
    if (random.nextBoolean()) {
      return series.next();
    }
    return near(random.nextInt(20));
  }

  TimeSeries near(int path) {
    double[] samples = new Random(path).doubles(LENGTH, -1, 1).toArray();
    for (int t = 0; t < samples.length; t++) {
      samples[t] += 0.1 * random.nextGaussian();
    }
    return TimeSeries.ofValues(samples);
  }

  void put(Tsdb database, int count) {
    for (int from = 0; from < count; from += AT_ONCE) {
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
        long number = made++;
        TimeSeries added = next();
        entries.add(new SeriesEntry("s" + number, added, Attributes.none().with("n", number % 2)));
        all.put("s" + number, added);
        if (number % 2 == 0) {
          even.put("s" + number, added);
        }
      }
      database.insertAll(entries);
    }
  }

  void change(Tsdb database) {
    List<String> vantagePoints = database.stats().vantagePoints();
    for (int i = 0; i < 20; i++) {
      String id = all.anyId(random);
      if (!vantagePoints.contains(id)) {
        database.delete(id);
        all.remove(id);
        even.remove(id);
      }
    }
    put(database, 20);
  }

  private static void check(List<Neighbor> expected, SearchResult found) {
    assertEquals(expected, found.neighbors(), () -> found.report().toString());
  }

  void checkSearches(Tsdb database, int rounds) {
    assertEquals(settings, database.stats().settings());
    for (int round = 0; round < rounds; round++) {
      double radius = 8 * random.nextDouble();
      List<TimeSeries> sought = List.of(next(), next(), next());
      List<String> ids = List.of(all.anyId(random), all.anyId(random), even.anyId(random));
      for (Query query :
          List.of(
              Query.like("any").nearest(1 + random.nextInt(20)),
              Query.like("any").within(radius),
              Query.like("any").within(radius).nearest(3).includingSelf())) {
        check(all.similar(sought.get(0), query), database.search(query.about(sought.get(0))));
        check(all.similar(ids.get(0), query), database.search(query.about(ids.get(0))));
        check(
            even.similar(sought.get(1), query),
            database.search(query.where("n = 0").about(sought.get(1))));
        check(
            even.similar(ids.get(2), query),
            database.search(query.where("n = 0").about(ids.get(2))));
        List<SearchResult> each = database.searchAll(sought.stream().map(query::about).toList());
        List<SearchResult> ofIds = database.searchAll(ids.stream().map(query::about).toList());
        for (int i = 0; i < ids.size(); i++) {
          check(all.similar(sought.get(i), query), each.get(i));
          check(all.similar(ids.get(i), query), ofIds.get(i));
        }
      }
    }
  }

  void storesChangesAndRestores(Path temporary, String location) {
    OpenOptions options = OpenOptions.DEFAULT.withSettings(settings).withThreads(2);
    try (EmbeddedTsdb database = EmbeddedDatabase.open(location, options, 1)) {
      put(database, 300);
    }
    OpenOptions readOnly = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (EmbeddedTsdb database = EmbeddedDatabase.open(location, options, 1);
        EmbeddedTsdb reader = Tsdb.open(location, readOnly.withThreads(2))) {
      change(database);
      if (metric.geometry().hasTriangleInequality()) {
        List<String> already = database.stats().vantagePoints();
        String added = all.anyId(random);
        while (already.contains(added)) {
          added = all.anyId(random);
        }
        database.addVantagePoint(added);
      }
      checkSearches(database, 1);
      reader.refresh();
      checkSearches(reader, 1);
      database.export(temporary.resolve("export"), Progress.NONE);
    }
    try (EmbeddedTsdb database = Tsdb.open(location)) {
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
      assertTrue(
          database.verify(Progress.NONE).checked().checkpointed() > 0, "a checkpoint is verified");
      checkSearches(database, 1);
    }
    Path copy = temporary.resolve("copy");
    EmbeddedTsdb.restore(temporary.resolve("export"), copy);
    try (EmbeddedTsdb database = Tsdb.open(copy)) {
      checkSearches(database, 1);
    }
  }
}
