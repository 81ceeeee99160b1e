package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two halves of the series change sides again and again, in one write. A search sees all of them
 * before a write or all of them after it.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttributeFlipTest {
  private static final int LENGTH = 16;
  private static final int HALF = 150;
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(LENGTH).withMultiplier(2).withVantagePoints(4);

  @TempDir private Path directory;

  private final long seed = Seeds.seed("attribute flips");
  private final RandomSeries series = new RandomSeries(seed, LENGTH);
  private final AtomicBoolean ended = new AtomicBoolean();

  @Test
  void noSearchSeesAMixture() {
    try (EmbeddedTsdb database = Tsdb.inMemory(SETTINGS, 2)) {
      flipBesideSearches(database, database, 40);
    }
  }

  @Test
  void noSearchOfAReaderSeesAMixture() {
    OpenOptions options = OpenOptions.DEFAULT.withThreads(2);
    try (EmbeddedTsdb writer = Tsdb.open(directory, options.withSettings(SETTINGS));
        EmbeddedTsdb reader =
            Tsdb.open(directory, options.withAccess(OpenOptions.Access.READ_ONLY))) {
      flipBesideSearches(writer, reader, 20);
    }
  }

  @Test
  @Tag("soak")
  void noSearchSeesAMixtureForLong() {
    OpenOptions options = OpenOptions.DEFAULT.withThreads(2);
    try (EmbeddedTsdb writer = Tsdb.open(directory, options.withSettings(SETTINGS));
        EmbeddedTsdb reader =
            Tsdb.open(directory, options.withAccess(OpenOptions.Access.READ_ONLY))) {
      flipBesideSearches(writer, reader, 10_000);
    }
  }

  /** Returns changes of all series, of which one half is on one side, under a text of the round. */
  private static Map<String, AttributeChanges> sides(int round) {
    Map<String, AttributeChanges> changes = new HashMap<>();
    for (int i = 0; i < 2 * HALF; i++) {
      boolean left = (i + round) % 2 == 0;
      Attributes set =
          Attributes.none()
              .with("left", left)
              .with("side", left ? 1 : -1)
              .with("text", (left ? "left " : "right ") + round);
      changes.put(
          "s" + i,
          round % 3 == 0 && !left
              ? AttributeChanges.setting(Attributes.none().with("side", -1).with("left", false))
                  .without(Set.of("text"))
              : AttributeChanges.setting(set));
    }
    return changes;
  }

  private void flipBesideSearches(EmbeddedTsdb writer, EmbeddedTsdb searched, int rounds) {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2 * HALF; i++) {
      entries.add(new SeriesEntry("s" + i, series.next()));
    }
    writer.insertAll(entries);
    assertDone(writer.setAttributes(sides(0)));
    searched.refresh();
    List<CompletableFuture<Integer>> searches = new ArrayList<>();
    for (String condition :
        List.of("left", "side = -1", "text like 'left %'", "not left or side < 0")) {
      // The common pool may have a single thread.
      searches.add(
          CompletableFuture.supplyAsync(
              () -> search(searched, condition), task -> new Thread(task).start()));
    }
    try {
      for (int round = 1; round <= rounds; round++) {
        assertDone(writer.setAttributes(sides(round)));
        // Guests get new ordinals on the same pages, and leave so many dead ones that tables are
        // packed.
        guests(writer, round);
        searched.refresh();
      }
    } finally {
      ended.set(true);
    }
    for (CompletableFuture<Integer> one : searches) {
      assertTrue(one.join() > 0, "searches=" + one.join());
    }
    assertEquals(List.of(), writer.verify(Progress.NONE).problems());
  }

  private void guests(Tsdb writer, int round) {
    List<SeriesEntry> guests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Attributes attributes =
          Attributes.none().with("left", i % 3 == 0).with("text", "left guest " + round);
      guests.add(new SeriesEntry("guest" + i, series.next(), attributes));
    }
    writer.putAll(guests);
  }

  private static void assertDone(List<AttributeOutcome> outcomes) {
    assertEquals(List.of(), outcomes.stream().filter(one -> one.failure().isPresent()).toList());
  }

  /** Searches until the writer has ended; each answer has exactly one half. */
  private int search(Tsdb searched, String condition) {
    int searches = 0;
    RandomSeries queries = new RandomSeries(seed + 1, LENGTH);
    do {
      Query query = Query.like(queries.next()).within(2).where(condition);
      SearchResult result = searched.search(query.selecting("left", "side", "id"));
      assertEquals(1, sides(result).size(), condition);
      List<Integer> halves =
          result.neighbors().stream()
              .map(Neighbor::id)
              .filter(id -> id.startsWith("s"))
              .map(id -> Integer.parseInt(id.substring(1)) % 2)
              .toList();
      assertEquals(1, Set.copyOf(halves).size(), condition);
      assertEquals(HALF, halves.size(), condition);
      searches++;
    } while (!ended.get());
    return searches;
  }

  /** Returns the different attributes that the neighbors have, without those of guests. */
  private static Set<Attributes> sides(SearchResult result) {
    Set<Attributes> sides = new HashSet<>();
    for (Attributes one : result.attributes()) {
      Map<String, AttributeValue> values = new HashMap<>(one.asMap());
      if (String.valueOf(values.remove("id")).startsWith("s")) {
        sides.add(Attributes.of(values));
      }
    }
    return sides;
  }
}
