package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One of several clients that write to a server until it is killed, each to its own series. Records
 * its acknowledged writes, and the one write with an unknown outcome.
 */
final class KilledClient {
  private static final int POINTS = 48;
  private static final int MOST_SERIES = 60;
  private static final int MOST_VANTAGE_POINTS = 4;

  /** All clients together stay below the limit of a database. */
  private static final int MOST_ATTRIBUTES = 60;

  private final String name;
  private final Random random;
  private final Map<String, Long> acknowledged = new TreeMap<>();

  /** The acknowledged marks of series whose attributes were changed, by id. */
  private final Map<String, Long> marks = new TreeMap<>();

  private final Set<String> declared = new TreeSet<>();
  private final Set<String> vantagePoints = new HashSet<>();
  private String pending = "";
  private Optional<Long> pendingSeed = Optional.empty();
  private Optional<Long> pendingMark = Optional.empty();
  private long operations;

  KilledClient(String name, long seed) {
    this.name = name;
    random = new Random(seed);
  }

  /** Returns the points and attributes of a seed. */
  static SeriesEntry entry(String id, long seed) {
    double[] values = new Random(seed).doubles(POINTS, -1, 1).toArray();
    Attributes attributes = Attributes.none().with("seed", seed).with("text", "seed " + seed);
    return new SeriesEntry(id, TimeSeries.ofValues(values), attributes);
  }

  private SeriesEntry acknowledged(String id) {
    SeriesEntry entry = entry(id, acknowledged.get(id));
    return marks.containsKey(id) ? marked(entry, marks.get(id)) : entry;
  }

  private static SeriesEntry marked(SeriesEntry entry, long mark) {
    return new SeriesEntry(entry.id(), entry.series(), changes(mark).applyTo(entry.attributes()));
  }

  private static AttributeChanges changes(long mark) {
    Attributes set = Attributes.none().with("mark", mark).with("seed", -mark);
    return AttributeChanges.setting(set).without(Set.of("text"));
  }

  /** Returns the number of acknowledged writes. */
  long operations() {
    return operations;
  }

  /** Writes until the server is gone. */
  void write(String address, Runnable acknowledgement) {
    try (TsdbClient database = TsdbClient.connect(address, ClientOptions.DEFAULT)) {
      while (true) {
        writeOnce(database);
        pending = "";
        pendingSeed = Optional.empty();
        pendingMark = Optional.empty();
        operations++;
        acknowledgement.run();
      }
    } catch (ConnectionException | UnavailableException e) {
      // It was killed.
    }
  }

  private void writeOnce(Tsdb database) {
    List<String> ids = List.copyOf(acknowledged.keySet());
    int choice = random.nextInt(24);
    if (ids.isEmpty() || choice < 8 && ids.size() < MOST_SERIES) {
      put(database, name + "-" + random.nextInt(1 << 30), true);
    } else if (choice < 13) {
      put(database, ids.get(random.nextInt(ids.size())), false);
    } else if (choice > 19) {
      mark(database, ids.get(random.nextInt(ids.size())));
    } else if (choice < 18 || ids.size() >= MOST_SERIES) {
      delete(database, ids.get(random.nextInt(ids.size())));
    } else if (choice == 18 && vantagePoints.size() < MOST_VANTAGE_POINTS) {
      addVantagePoint(database, ids.get(random.nextInt(ids.size())));
    } else if (declared.size() < MOST_ATTRIBUTES) {
      String attribute = name + "_" + declared.size();
      database.declareAttribute(attribute, AttributeValue.Type.TIMESTAMP);
      declared.add(attribute);
    } else {
      put(database, ids.get(0), false);
    }
  }

  private void put(Tsdb database, String id, boolean fresh) {
    long seed = random.nextLong();
    pending = id;
    pendingSeed = Optional.of(seed);
    if (fresh) {
      database.insert(entry(id, seed));
    } else {
      database.put(entry(id, seed));
    }
    acknowledged.put(id, seed);
    marks.remove(id);
  }

  private void mark(Tsdb database, String id) {
    long mark = random.nextInt(1 << 30);
    pending = id;
    pendingMark = Optional.of(mark);
    database.setAttributes(id, changes(mark));
    marks.put(id, mark);
  }

  /**
   * Deletes a series, vantage points included: the first series become vantage points
   * automatically.
   */
  private void delete(Tsdb database, String id) {
    vantagePoints.remove(id);
    pending = id;
    database.delete(id);
    acknowledged.remove(id);
    marks.remove(id);
  }

  private void addVantagePoint(Tsdb database, String id) {
    try {
      if (!database.stats().vantagePoints().contains(id)) {
        database.addVantagePoint(id);
        vantagePoints.add(id);
      }
    } catch (VantagePointException e) {
      // It has just taken the place of a vantage point that another client deleted.
    }
  }

  /**
   * Compares the stored data with the acknowledged writes, and determines the outcome of the
   * unacknowledged write.
   */
  int check(Tsdb database, List<String> allIds, List<String> allVantagePoints) {
    Set<String> stored = new TreeSet<>(allIds.stream().filter(this::isOwn).toList());
    if (!pending.isEmpty()) {
      settle(database, stored.contains(pending));
    }
    assertEquals(new ArrayList<>(acknowledged.keySet()), new ArrayList<>(stored));
    acknowledged.keySet().forEach(id -> assertEquals(acknowledged(id), database.get(id)));
    assertTrue(allVantagePoints.containsAll(vantagePoints), () -> "lost one of " + vantagePoints);
    assertTrue(
        database.attributeTypes().declared().keySet().containsAll(declared),
        () -> "lost one of " + declared);
    return acknowledged.size() + declared.size() + vantagePoints.size();
  }

  private boolean isOwn(String id) {
    return id.startsWith(name + "-");
  }

  /** Checks that an unacknowledged write is stored completely or not at all. */
  private void settle(Tsdb database, boolean stored) {
    if (pendingMark.isPresent()) {
      SeriesEntry marked = marked(acknowledged(pending), pendingMark.get());
      if (database.get(pending).equals(marked)) {
        marks.put(pending, pendingMark.get());
      }
    } else if (pendingSeed.isEmpty()) {
      if (!stored) {
        acknowledged.remove(pending);
        marks.remove(pending);
      }
    } else if (stored && database.get(pending).equals(entry(pending, pendingSeed.get()))) {
      acknowledged.put(pending, pendingSeed.get());
      marks.remove(pending);
    }
    pending = "";
    pendingSeed = Optional.empty();
    pendingMark = Optional.empty();
  }
}
