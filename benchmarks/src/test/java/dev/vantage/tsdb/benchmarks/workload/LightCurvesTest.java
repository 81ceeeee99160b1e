package dev.vantage.tsdb.benchmarks.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LightCurvesTest {
  private static final int LENGTH = 16;

  @TempDir private Path folder;

  private void write(int stars) throws IOException {
    Random random = new Random(1);
    StringBuilder periods = new StringBuilder("name,period\n");
    Files.createDirectories(folder.resolve("light-curves"));
    for (int star = 10; star < 10 + stars; star++) {
      StringBuilder points = new StringBuilder("time,mag,magerr,band\n");
      for (int i = 0; i < 40; i++) {
        points.append(i * 0.1).append(',').append(random.nextDouble()).append(",0.1,");
        points.append(i % 2 == 0 ? "g" : "r").append('\n');
      }
      Files.writeString(folder.resolve("light-curves/" + star + ".csv"), points);
      periods.append(star).append(",0.7\n");
    }
    Files.writeString(folder.resolve("periods.csv"), periods);
  }

  @Test
  void queriesAreSetAside() throws IOException {
    assertFalse(LightCurves.arePresent(folder));
    write(10);
    assertTrue(LightCurves.arePresent(folder));
    LightCurves lightCurves = LightCurves.read(folder, LENGTH);
    assertEquals(20, lightCurves.count(), "one for each band");
    Dataset data = lightCurves.dataset(new KernelCorrelation(LENGTH, 1), 4);
    assertEquals(16, data.rows().count());
    assertEquals(4, data.queries().size());
    for (Series query : data.queries()) {
      for (int position = 0; position < 16; position++) {
        assertFalse(Arrays.equals(query.row(), data.rows().row(position)));
      }
    }
    assertArrayEquals(Series.of(data.samples().apply(3), data.metric()).row(), data.rows().row(3));
  }
}
