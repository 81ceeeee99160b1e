package dev.vantage.tsdb.benchmarks.rival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Series;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.metric.Metric;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
  private static final int K = 10;

  /** Sorts all distances: slower than the scan, and with nothing to get wrong. */
  private static RivalAnswer sorted(Dataset data, Series query) {
    Metric.Evaluator evaluator = data.metric().evaluator();
    List<RivalAnswer.Hit> all =
        IntStream.range(0, data.rows().count())
            .mapToObj(
                position ->
                    new RivalAnswer.Hit(
                        position, evaluator.distance(query.row(), 0, data.rows().row(position), 0)))
            .toList();
    return RivalAnswer.of(all).first(K);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void everyEngineFindsTheNearest(Engine engine) {
    for (Workload workload : Workload.values()) {
      Dataset data = Dataset.of(workload, 64, 10, 400);
      try (Rival rival = engine.build(data, Patience.endless())) {
        for (Series query : data.queries().subList(0, 10)) {
          RivalAnswer right = sorted(data, query);
          RivalAnswer answer = rival.nearest(query, K);
          assertTrue(answer.agreesWith(right), () -> workload + ": " + answer + " not " + right);
        }
        assertTrue(rival.exactDistances() >= 10 * K, "distances are counted");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void queriesCountTheirOwnDistancesAlone(Engine engine) {
    Dataset data = Dataset.of(Workload.BUMPS, 64, 1, 500);
    try (Rival rival = engine.build(data, Patience.endless())) {
      assertEquals(0, rival.exactDistances());
      rival.nearest(data.queries().get(0), K);
      long one = rival.exactDistances();
      rival.nearest(data.queries().get(0), K);
      assertEquals(2 * one, rival.exactDistances());
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void rivalsAreGivenUp(Engine engine) {
    if (!engine.isRival()) {
      return;
    }
    Dataset data = Dataset.of(Workload.WHITE_NOISE, 32, 1, 600);
    Patience patience = Patience.endless();
    patience.allow(0);
    assertThrows(GivenUpException.class, () -> engine.build(data, patience));
    patience.allow(Double.POSITIVE_INFINITY);
    Rival rival = engine.build(data, patience);
    patience.allow(0);
    assertThrows(GivenUpException.class, () -> rival.nearest(data.queries().get(0), K));
  }

  @Test
  void answersDifferByPositionOrDistance() {
    RivalAnswer right = new RivalAnswer(new int[] {3, 1}, new double[] {0.1, 0.2});
    assertTrue(
        new RivalAnswer(new int[] {3, 1}, new double[] {0.1, 0.2 + 1e-10}).agreesWith(right));
    assertEquals(
        List.of(false, false, false),
        List.of(
            new RivalAnswer(new int[] {1, 3}, new double[] {0.1, 0.2}).agreesWith(right),
            new RivalAnswer(new int[] {3, 1}, new double[] {0.1, 0.2 + 1e-8}).agreesWith(right),
            new RivalAnswer(new int[] {3}, new double[] {0.1}).agreesWith(right)));
  }

  @Test
  void tsdbLetsGoOfRowsThatItCopied() {
    Dataset data = Dataset.of(Workload.BUMPS, 64, 1, 5000);
    Series query = data.queries().get(0);
    RivalAnswer right = Engine.SCAN.build(data, Patience.endless()).nearest(query, K);
    try (TsdbIndex index = new TsdbIndex(data, 2, true)) {
      assertTrue(index.nearest(query, K).agreesWith(right));
    }
    for (int block = 0; block < data.rows().blockCount(); block++) {
      assertEquals(null, data.rows().blockAt(block));
    }
  }
}
