package dev.vantage.tsdb.soak;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A client that owns some series and checks every answer. Not thread-safe. Answers about its own
 * series are checked exactly, all others as far as concurrent changes allow. A wrong answer throws
 * an {@link AssertionError}.
 */
final class CheckedClient {
  /** The maximum difference of squared distances that are computed by different kernels. */
  private static final double CLOSE = 1e-9;

  private static final int FULL_CHECK_EVERY = 400;

  private final int number;
  private final Tsdb tsdb;
  private final Versions versions;
  private final ScanModel own;
  private final Map<String, SeriesEntry> entries = new TreeMap<>(SeriesIds.ORDER);
  private final Map<String, Histogram> times = new TreeMap<>();
  private final Settings settings;
  private final int wanted;
  private final Random random;
  private int nextId;
  private long searches;
  private long unavailable;

  /** Creates a client that owns about this many series. */
  CheckedClient(
      int number, Tsdb tsdb, Versions versions, Settings settings, int wanted, long seed) {
    this.number = number;
    this.tsdb = tsdb;
    this.versions = versions;
    this.settings = settings;
    this.own = new ScanModel(settings);
    this.wanted = wanted;
    this.random = new Random(seed);
  }

  /** Returns the initial series, which the caller must store before the first step. */
  List<SeriesEntry> begin() {
    List<SeriesEntry> all = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      SeriesEntry entry = entry(newId());
      Versions.Version version = versions.sending(entry.id(), own.row(entry.series()));
      stored(entry, version);
      all.add(entry);
    }
    return all;
  }

  Map<String, Histogram> times() {
    return times;
  }

  /** Resets the measured times. */
  void forgetTimes() {
    times.clear();
  }

  /** Returns how often the server was unavailable. */
  long unavailable() {
    return unavailable;
  }

  Set<String> ids() {
    return entries.keySet();
  }

  /** Runs a random operation, and checks its result. */
  void step() {
    try {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3 -> searchOwnById();
        case 4, 5 -> searchOwnByUpload();
        case 6 -> searchOwnWithin();
        case 7, 8, 9 -> searchAll();
        case 10, 11 -> get();
        case 12 -> list();
        case 13 -> searchMany();
        case 14, 15 -> replace();
        case 16, 17 -> insertOrDelete();
        case 18 -> time("ids of none", () -> tsdb.ids(IdQuery.first(1).after("~")));
        default -> {
          if (random.nextInt(4) == 0) {
            long series = time("stats", tsdb::stats).series();
            must(series >= entries.size(), "stats: series=" + series);
          } else {
            searchOwnById();
          }
        }
      }
    } catch (UnavailableException e) {
      unavailable++;
    } catch (UnknownIdException e) {
      throw new AssertionError("answer must be right: what is stored must be known", e);
    }
  }

  /** Makes a vantage point of a series, unless the database has chosen it for one already. */
  void addVantagePoint() {
    String id = anyId();
    try {
      time("add_vantage_point", () -> tsdb.addVantagePoint(id));
    } catch (VantagePointException e) {
      must(tsdb.stats().vantagePoints().contains(id), "not a vantage point: id=" + id);
    }
  }

  private void searchOwnById() {
    String id = anyId();
    Query query = Query.like("any").nearest(1 + random.nextInt(10)).where(mine());
    List<Neighbor> found = time("with_id where", () -> tsdb.search(query.about(id))).neighbors();
    checkSame(own.similar(id, query), found, own.row(entries.get(id).series()));
  }

  private void searchOwnByUpload() {
    TimeSeries series = curve();
    Query query = Query.like("any").nearest(1 + random.nextInt(10)).where(mine());
    List<Neighbor> found =
        time("with_ts where", () -> tsdb.search(query.about(series))).neighbors();
    checkSame(own.similar(series, query), found, own.row(series));
  }

  private void searchOwnWithin() {
    String id = anyId();
    Query query = Query.like("any").within(0.1 + 0.8 * random.nextDouble()).where(mine());
    List<Neighbor> found = time("with_id radius", () -> tsdb.search(query.about(id))).neighbors();
    checkSame(own.similar(id, query), found, own.row(entries.get(id).series()));
  }

  private void searchMany() {
    List<String> ids = List.of(anyId(), anyId(), anyId());
    Query query = Query.like("any").nearest(3).where(mine());
    var found = time("3 with_id", () -> tsdb.searchAll(ids.stream().map(query::about).toList()));
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      checkSame(
          own.similar(id, query), found.get(i).neighbors(), own.row(entries.get(id).series()));
    }
  }

  private void searchAll() {
    TimeSeries series = random.nextBoolean() ? curve() : entries.get(anyId()).series();
    double[] row = own.row(series);
    int k = 1 + random.nextInt(10);
    long from = System.nanoTime();
    List<Neighbor> found =
        time("with_ts", () -> tsdb.search(Query.like(series).nearest(k))).neighbors();
    long to = System.nanoTime();
    must(found.size() == k, "k=" + k + ", neighbors=" + found.size());
    checkOrder(found);
    for (Neighbor neighbor : found) {
      must(
          versions.of(neighbor.id()).stream()
              .anyMatch(
                  version ->
                      version.mayHaveBeen(from, to)
                          && close(own.distance(row, version.row), neighbor.distance())),
          "no such series, or not so far: " + neighbor);
    }
    Set<String> foundIds = new HashSet<>();
    found.forEach(neighbor -> foundIds.add(neighbor.id()));
    double farthest = found.get(k - 1).distance();
    own.similar(series, Query.like("any").nearest(k))
        .forEach(
            neighbor -> checkNotMissed(neighbor.id(), neighbor.distance(), farthest, foundIds));
    if (searches++ % FULL_CHECK_EVERY == 0) {
      versions.forEach(
          (id, all) ->
              all.stream()
                  .filter(version -> version.wasAlways(from, to))
                  .forEach(
                      version ->
                          checkNotMissed(id, own.distance(row, version.row), farthest, foundIds)));
    }
  }

  private static void checkNotMissed(
      String id, double distance, double farthest, Set<String> found) {
    must(
        found.contains(id) || distance * distance >= farthest * farthest - CLOSE,
        "missed: id=" + id + ", distance=" + distance + ", farthest=" + farthest);
  }

  private void get() {
    String id = anyId();
    must(entries.get(id).equals(time("get", () -> tsdb.get(id))), "get: id=" + id);
  }

  private void list() {
    List<String> found =
        time(
            "ids where",
            () -> tsdb.ids(IdQuery.first(2 * wanted + 10).where(Condition.parse(mine()))));
    must(found.equals(List.copyOf(entries.keySet())), "ids: " + found);
  }

  private void replace() {
    SeriesEntry entry = entry(anyId());
    write(entry, () -> must(!time("replace", () -> tsdb.put(entry)), "replace made " + entry.id()));
  }

  private void insertOrDelete() {
    if (entries.size() < wanted || entries.size() < 1.2 * wanted && random.nextBoolean()) {
      SeriesEntry entry = entry(newId());
      write(entry, () -> time("insert", () -> insert(entry)));
    } else {
      delete(anyId());
    }
  }

  private boolean insert(SeriesEntry entry) {
    tsdb.insert(entry);
    return true;
  }

  private void write(SeriesEntry entry, Runnable action) {
    Versions.Version version = versions.sending(entry.id(), own.row(entry.series()));
    try {
      action.run();
    } catch (UnavailableException e) {
      versions.refused(entry.id(), version);
      throw e;
    }
    stored(entry, version);
  }

  private void stored(SeriesEntry entry, Versions.Version version) {
    versions.acknowledged(entry.id(), version);
    own.put(entry.id(), entry.series());
    entries.put(entry.id(), entry);
  }

  private void delete(String id) {
    versions.deleting(id);
    try {
      time(
          "delete",
          () -> {
            tsdb.delete(id);
            return true;
          });
    } catch (UnavailableException e) {
      versions.notDeleted(id);
      throw e;
    }
    versions.deleted(id);
    own.remove(id);
    entries.remove(id);
  }

  /** Reads back everything that was acknowledged. */
  void checkAll(Tsdb reader) {
    List<String> found = reader.ids(IdQuery.first(10 * wanted).where(Condition.parse(mine())));
    must(found.equals(List.copyOf(entries.keySet())), "at the end: ids=" + found);
    entries.forEach((id, entry) -> must(entry.equals(reader.get(id)), "at the end: id=" + id));
  }

  private <T> T time(String what, Supplier<T> action) {
    long begun = System.nanoTime();
    T result = action.get();
    times.computeIfAbsent(what, any -> new Histogram()).record(System.nanoTime() - begun);
    return result;
  }

  private void checkSame(List<Neighbor> expected, List<Neighbor> found, double[] query) {
    boolean same = expected.size() == found.size();
    for (int i = 0; same && i < found.size(); i++) {
      Neighbor neighbor = found.get(i);
      SeriesEntry entry = entries.get(neighbor.id());
      same =
          entry != null
              && close(expected.get(i).distance(), neighbor.distance())
              && close(own.distance(query, own.row(entry.series())), neighbor.distance());
    }
    must(same, "expected=" + expected + ", found=" + found);
    checkOrder(found);
  }

  private static void checkOrder(List<Neighbor> found) {
    for (int i = 1; i < found.size(); i++) {
      Neighbor before = found.get(i - 1);
      Neighbor after = found.get(i);
      must(
          before.distance() < after.distance()
              || before.distance() == after.distance()
                  && SeriesIds.ORDER.compare(before.id(), after.id()) < 0,
          "order: " + before + ", " + after);
    }
  }

  private static boolean close(double a, double b) {
    return Math.abs(a * a - b * b) <= CLOSE;
  }

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("answer must be right: " + what);
    }
  }

  private String mine() {
    return "owner = " + number;
  }

  private String newId() {
    return "c" + number + "-" + nextId++;
  }

  private String anyId() {
    return own.anyId(random);
  }

  private SeriesEntry entry(String id) {
    Attributes attributes = Attributes.none().with("owner", (long) number).with("name", id);
    return new SeriesEntry(id, curve(), attributes);
  }

  private TimeSeries curve() {
    return SoakData.curve(settings.length(), random);
  }
}
