package dev.vantage.tsdb.benchmarks.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {

  @ParameterizedTest
  @EnumSource(Workload.class)
  void seedAndPositionFixASeries(Workload workload) {
    double[] series = workload.series(64, 1, 5);
    assertArrayEquals(series, workload.series(64, 1, 5));
    assertFalse(Arrays.equals(series, workload.series(64, 1, 6)));
    assertFalse(Arrays.equals(series, workload.series(64, 2, 5)));
    assertFalse(Arrays.equals(series, workload.series(64, 2, 4)));
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void namesLeadBack(Workload workload) {
    assertSame(workload, Workload.ofLabel(workload.label()));
  }

  @Test
  void refusesOtherNames() {
    assertThrows(IllegalArgumentException.class, () -> Workload.ofLabel("noise"));
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void datasetsAreTheSameEveryTime(Workload workload) {
    Dataset small = Dataset.of(workload, 32, 1, 300);
    Dataset large = Dataset.of(workload, 32, 1, 5000);
    for (int position = 0; position < 300; position++) {
      assertArrayEquals(small.rows().row(position), large.rows().row(position));
    }
    double[] row = new double[small.metric().rowSize()];
    small.metric().prepare(workload.series(32, 1, 299), row, 0);
    assertArrayEquals(row, small.rows().row(299));
    assertEquals(Dataset.QUERIES, small.queries().size());
    assertArrayEquals(small.queries().get(9).row(), large.queries().get(9).row());
    assertFalse(Arrays.equals(small.queries().get(9).row(), small.rows().row(9)));
  }

  @Test
  void whiteNoiseIsNormal() {
    double[] noise = Workload.WHITE_NOISE.series(100_000, 1, 0);
    double squares = Arrays.stream(noise).map(value -> value * value).average().orElseThrow();
    assertEquals(0, Arrays.stream(noise).average().orElseThrow(), 0.02);
    assertEquals(1, squares, 0.03);
  }

  @Test
  void blocksHoldRowsInOrder() {
    SampleRows rows = new SampleRows(1000, 1024);
    for (int position = 0; position < 1000; position++) {
      rows.block(position)[rows.offset(position)] = position;
    }
    int next = 0;
    for (int b = 0; b < rows.blockCount(); b++) {
      for (int offset = 0; offset < rows.blockAt(b).length; offset += 1024) {
        assertEquals(next++, rows.blockAt(b)[offset]);
      }
    }
    assertEquals(1000, next);
  }
}
