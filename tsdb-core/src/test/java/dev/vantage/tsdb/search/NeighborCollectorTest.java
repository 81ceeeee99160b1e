package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.index.SeriesDirectory;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighborCollectorTest {
  /** Ids whose order is neither that of their ordinals nor that of their chars. */
  private static final int[] CODE_POINTS = {'b', 0x1F600, 'a', 0xFFFD, 'é', 0x10000, 'B'};

  private record Offer(int ordinal, double distance, String id) {}

  @Test
  void keepsWhatSortingWouldPutFirst() {
    Random random = Seeds.random("collector");
    for (int round = 0; round < 3000; round++) {
      int size = random.nextInt(120);
      int k = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(20);
      double radius = random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(6) / 4.0;
      SeriesDirectory directory = new SeriesDirectory();
      NeighborCollector collector = new NeighborCollector(k, radius, directory);
      List<Offer> within = new ArrayList<>();
      for (int ordinal = 0; ordinal < size; ordinal++) {
        String id =
            Character.toString(CODE_POINTS[random.nextInt(CODE_POINTS.length)])
                + random.nextInt(10)
                + ordinal;
        directory.set(ordinal, id, ordinal);
        double distance = random.nextInt(8) / 4.0; // many ties
        collector.offer(ordinal, distance);
        if (distance <= radius) {
          within.add(new Offer(ordinal, distance, id));
        }
        within.sort(
            Comparator.comparingDouble(Offer::distance).thenComparing(Offer::id, SeriesIds.ORDER));
        assertEquals(
            within.size() < k ? radius : within.get(k - 1).distance, collector.limit(), "limit");
      }
      collector.sort();
      List<Offer> kept = new ArrayList<>();
      for (int rank = 0; rank < collector.size(); rank++) {
        int ordinal = collector.ordinal(rank);
        kept.add(new Offer(ordinal, collector.distance(rank), directory.id(ordinal)));
      }
      assertEquals(within.subList(0, Math.min(k, within.size())), kept);
    }
  }

  @Test
  void takesTheRadiusItselfAndNoNaN() {
    SeriesDirectory directory = new SeriesDirectory();
    directory.set(0, "a", 0);
    NeighborCollector collector = new NeighborCollector(5, 0.25, directory);
    collector.offer(0, Math.nextUp(0.25));
    collector.offer(0, Double.NaN);
    assertEquals(0, collector.size());
    collector.offer(0, 0.25);
    assertEquals(1, collector.size());
  }
}
