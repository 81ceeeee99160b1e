package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.search.QueryPoint;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.search.VantageSearch;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IndexUpdateTest {

  private static void checkAnswers(FilledIndex filled, Map<String, double[]> rows, Random random) {
    filled.index.checkInvariants();
    assertEquals(rows.size(), filled.index.size());
    List<String> ids = List.copyOf(rows.keySet());
    for (int round = 0; round < 5; round++) {
      double[] row = rows.get(ids.get(random.nextInt(ids.size())));
      SearchRequest request = FilledIndex.nearest(1 + random.nextInt(20));
      List<Neighbor> hits = filled.search(row, request);
      assertEquals(filled.scan(row, request), hits);
      assertEquals(0, hits.get(0).distance(), "the series itself is there as last put");
    }
  }

  @Test
  void replacedSeriesAreForgotten() {
    Random random = Seeds.random("compaction");
    try (FilledIndex filled = new FilledIndex(16, 1, 20, 2)) {
      Map<String, double[]> rows = filled.walks("s", 600, random);
      filled.putAll(rows);
      // Twice the live rows, and blocks that are not full yet.
      long most = 3 * filled.index.bytes() + (4 << 20);
      List<String> vantagePoints = filled.index.vantagePoints();
      List<String> others =
          rows.keySet().stream().filter(id -> !vantagePoints.contains(id)).sorted().toList();
      long greatest = 0;
      for (int round = 0; round < 60; round++) {
        Map<String, double[]> some = new HashMap<>();
        filled
            .walks("", 200, random)
            .forEach((id, row) -> some.put(others.get(random.nextInt(others.size())), row));
        filled.putAll(some);
        rows.putAll(some);
        greatest = Math.max(greatest, filled.index.bytes());
        assertEquals(vantagePoints, filled.index.vantagePoints());
        if (round % 5 == 0) {
          checkAnswers(filled, rows, random);
        }
      }
      assertTrue(greatest < most, "bytes=" + greatest + ", at most=" + most);
      assertTrue(
          filled.index.state().live().end() < 3 * rows.size(),
          "end=" + filled.index.state().live().end());
      checkAnswers(filled, rows, random);
    }
  }

  @Test
  void searchKeepsTheStateItBeganWith() {
    Random random = Seeds.random("kept state");
    try (FilledIndex filled = new FilledIndex(16, 1, 5, 2)) {
      Map<String, double[]> rows = filled.walks("s", 2000, random);
      filled.putAll(rows);
      IndexState before = filled.index.state();
      double[] row = rows.get("s17");
      SearchRequest request = FilledIndex.nearest(50);
      List<Neighbor> expected = filled.scan(row, request);
      List<String> gone =
          rows.keySet().stream().filter(id -> !filled.isVantagePoint(id)).limit(1500).toList();
      filled.removeAll(gone); // packs the tables
      assertTrue(filled.index.state().live().end() < 2000, "compacted");
      filled.putAll(filled.walks("new", 500, random));
      SearchResult late =
          new VantageSearch(
                  filled.index, before, before, QueryPoint.uploaded(row), request, System::nanoTime)
              .run();
      assertEquals(expected, late.neighbors());
    }
  }

  @Test
  void tablesMayHaveGaps() {
    Random random = Seeds.random("gaps");
    try (FilledIndex filled = new FilledIndex(16, 1, 20, 2)) {
      Map<String, double[]> rows = new HashMap<>();
      for (int batch = 0; batch < 4; batch++) {
        Map<String, double[]> more = filled.walks("b" + batch + "-", 2500, random);
        filled.putAll(more);
        rows.putAll(more);
      }
      // The whole second batch goes: more rows in succession than a block of a table holds.
      List<String> gone = rows.keySet().stream().filter(id -> id.startsWith("b1-")).toList();
      filled.removeAll(gone);
      rows.keySet().removeAll(gone);
      filled.addVantagePoint("b2-7");
      assertTrue(filled.index.bytes() > filled.index.rowBytes());
      checkAnswers(filled, rows, random);
      Map<String, double[]> more = filled.walks("b1-", 100, random);
      filled.putAll(more);
      rows.putAll(more);
      checkAnswers(filled, rows, random);
    }
  }

  /** With a full copy per removal this would take minutes. */
  @Test
  @Timeout(30)
  void removesAMillionAtOnce() {
    try (FilledIndex filled = new FilledIndex(8, 1, 1, 1)) {
      IndexUpdate update = IndexUpdate.of(filled.index);
      double[] row = filled.row(new double[] {1, 2, 3, 4, 5, 6, 7, 8});
      for (int i = 0; i < 1_000_000; i++) {
        update.remove(update.add("s" + i, i, row));
      }
      assertEquals(0, update.ordinals().length);
    }
  }

  @Test
  void droppedUpdateLeavesNoTrace() {
    Random random = Seeds.random("dropped");
    try (FilledIndex filled = new FilledIndex(16, 1, 5, 2)) {
      Map<String, double[]> rows = filled.walks("s", 300, random);
      filled.putAll(rows);
      IndexUpdate dropped = IndexUpdate.of(filled.index);
      filled
          .walks("dropped", 80, random)
          .forEach(
              (id, row) ->
                  dropped.setDistances(dropped.add(id, 1, row), filled.index.distances(row)));
      dropped.remove(filled.index.find("s1").orElseThrow());
      dropped.ordinals();
      checkAnswers(filled, rows, random);
      Map<String, double[]> more = filled.walks("t", 30, random);
      filled.putAll(more);
      rows.putAll(more);
      checkAnswers(filled, rows, random);
      assertTrue(filled.index.find("dropped1").isEmpty());
    }
  }

  @Test
  void knownDistancesAreTakenOver() {
    Random random = Seeds.random("vantage points");
    try (FilledIndex filled = new FilledIndex(16, 10, 6, 2)) {
      Map<String, double[]> rows = filled.walks("s", 200, random);
      filled.putAll(rows);
      List<String> before = filled.index.vantagePoints();
      String added =
          rows.keySet().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
      filled.addVantagePoint(added);
      List<String> after = new ArrayList<>(before);
      after.add(added);
      assertEquals(after, filled.index.vantagePoints());
      IndexUpdate update = IndexUpdate.of(filled.index);
      rows.forEach(
          (id, row) ->
              assertArrayEquals(
                  filled.index.distances(row),
                  update.distances(filled.index.find(id).orElseThrow()),
                  id));
      checkAnswers(filled, rows, random);
    }
  }

  @Test
  void seriesAndVantagePointsMayComeTogether() {
    Random random = Seeds.random("together");
    try (FilledIndex filled = new FilledIndex(16, 1, 6, 2)) {
      Map<String, double[]> rows = filled.walks("s", 200, random);
      filled.putAll(rows);
      Map<String, double[]> more = filled.walks("t", 5, random);
      IndexUpdate update = IndexUpdate.of(filled.index);
      int[] vantagePoints = update.vantagePoints();
      more.forEach((id, row) -> vantagePoints[2] = update.add(id, 1, row));
      update.setVantagePoints(vantagePoints, () -> {});
      update.publish();
      rows.putAll(more);
      rows.forEach(
          (id, row) ->
              assertArrayEquals(
                  filled.index.distances(row),
                  IndexUpdate.of(filled.index).distances(filled.index.find(id).orElseThrow()),
                  id));
      checkAnswers(filled, rows, random);
    }
  }

  /** The memory of an index of a million series, without their rows: 640 MB. */
  @Test
  void aSeriesCostsAtMost700BytesBesideItsRow() {
    Random random = Seeds.random("bytes");
    int count = 100_000;
    int kinds = 500;
    try (FilledIndex filled = new FilledIndex(64, 1, 20, 2)) {
      Map<String, double[]> walks = filled.walks("", kinds, random);
      IndexUpdate update = IndexUpdate.of(filled.index);
      double[][] rows =
          IntStream.range(0, kinds).mapToObj(i -> walks.get("" + i)).toArray(double[][]::new);
      for (int i = 0; i < count; i++) {
        update.add("series-" + i, i, rows[i % kinds]);
      }
      double[][] distances = new double[kinds][20];
      var evaluator = filled.metric.evaluator();
      for (int i = 0; i < kinds; i++) {
        for (int v = 0; v < 20; v++) {
          distances[i][v] = evaluator.distance(rows[v], 0, rows[i], 0);
        }
      }
      update.loadVantagePoints(
          IntStream.range(0, 20).toArray(), ordinal -> distances[ordinal % kinds]);
      update.publish();
      long unchanged = (filled.index.bytes() - filled.index.rowBytes()) / count;
      assertTrue(unchanged >= 20 * (8 + 4 + 4), "too little to be true: " + unchanged);
      IndexUpdate change = IndexUpdate.of(filled.index);
      change.remove(kinds);
      change.publish();
      long perSeries = (filled.index.bytes() - filled.index.rowBytes()) / count;
      System.out.println("bytes per series beside its row: " + unchanged + ", then " + perSeries);
      assertTrue(perSeries <= 700, "bytes per series=" + perSeries);
      assertTrue(perSeries >= 20 * (8 + 4 + 16), "too little to be true: " + perSeries);
      long perRow = filled.index.rowBytes() / count;
      assertTrue(perRow >= 512 && perRow <= 520, "bytes per row=" + perRow);
    }
  }

  @Test
  void rowsThatAreStoredNeedNoMemory() {
    Random random = Seeds.random("stored");
    int count = 20_000;
    try (FilledIndex filled = new FilledIndex(64, 1, 20, 2, 0)) {
      Map<String, double[]> rows = filled.walks("s", count, random);
      filled.putAll(rows);
      checkAnswers(filled, rows, random);
      assertEquals(20 * 64 * 8, filled.index.rowBytes(), "those of the vantage points");
      long perSeries = (filled.index.bytes() - filled.index.rowBytes()) / count;
      assertTrue(perSeries <= 700, "bytes per series=" + perSeries);
    }
  }

  @Test
  void manyAreOrderedSoThatNearOnesAreTogether() {
    Random random = Seeds.random("near together");
    try (FilledIndex filled = new FilledIndex(64, 1, 20, 2)) {
      RandomSeries series = new RandomSeries(random.nextLong(), 64);
      Map<String, double[]> first = new HashMap<>();
      for (int i = 0; i < 100; i++) {
        first.put("" + i, filled.row(series.nextSamples(RandomSeries.Kind.BUMP)));
      }
      filled.putAll(first);
      List<double[]> distances = new ArrayList<>();
      for (int i = 0; i < 4096; i++) {
        double[] row = filled.row(series.nextSamples(RandomSeries.Kind.BUMP));
        distances.add(filled.index.distances(row));
      }
      int[] order = IndexUpdate.of(filled.index).nearTogether(distances);
      assertArrayEquals(IntStream.range(0, 4096).toArray(), IntStream.of(order).sorted().toArray());
      assertArrayEquals(order, IndexUpdate.of(filled.index).nearTogether(distances));
      int[] given = IntStream.range(0, 4096).toArray();
      assertTrue(spread(distances, order) < 0.5 * spread(distances, given));
      assertArrayEquals(
          new int[] {0, 1}, IndexUpdate.of(filled.index).nearTogether(distances.subList(0, 2)));
    }
  }

  /** Returns the sum of the ranges of distances to the first vantage points within blocks. */
  private static double spread(List<double[]> distances, int[] order) {
    double sum = 0;
    for (int from = 0; from < order.length; from += FloatColumns.LANES) {
      for (int v = 0; v < 5; v++) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int i = from; i < from + FloatColumns.LANES; i++) {
          least = Math.min(least, distances.get(order[i])[v]);
          greatest = Math.max(greatest, distances.get(order[i])[v]);
        }
        sum += greatest - least;
      }
    }
    return sum;
  }
}
