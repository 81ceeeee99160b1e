package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bound between points of a plane, whose distances are known. */
class TriangleBoundTest {
  private static final int LANES = 40;

  private static double[] point(Random random, double scale) {
    return new double[] {scale * random.nextGaussian(), scale * random.nextGaussian()};
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  /** Returns distances to the vantage points whose squares have an error. */
  private static double[] distances(
      double[][] vantagePoints, double[] x, double error, Random random) {
    return Arrays.stream(vantagePoints)
        .mapToDouble(v -> distance(v, x))
        .map(d -> Math.sqrt(Math.max(0, d * d + (random.nextBoolean() ? error : -error))))
        .toArray();
  }

  @ParameterizedTest(name = "{0} vantage points, scale {1}, error {2}")
  @CsvSource({
    "1, 1, 0, 0.9",
    "5, 1, 1e-13, 0.9",
    "20, 10, 1e-9, 0.9",
    "20, 1e6, 1e-4, 0.9",
    "5, 1e-6, 1e-13, 0",
    "20, 1, 1e-3, 0.5"
  })
  void noBoundExceedsADistance(int count, double scale, double error, double leastShare) {
    Random random = Seeds.random("triangle bound");
    double tight = 0;
    for (int round = 0; round < 200; round++) {
      double[][] vantagePoints = new double[count][];
      Arrays.setAll(vantagePoints, v -> point(random, scale));
      TriangleBound bound = new TriangleBound(count, error);
      double[] query = point(random, scale);
      double[][] points = new double[LANES][];
      float[][] rows = new float[LANES][count];
      float[] columns = new float[count * LANES];
      for (int lane = 0; lane < LANES; lane++) {
        double[] step = point(random, scale * Math.pow(10, -9 * random.nextDouble()));
        points[lane] =
            random.nextInt(8) == 0 ? query : new double[] {query[0] + step[0], query[1] + step[1]};
        bound.coordinates(distances(vantagePoints, points[lane], error, random), 0, rows[lane]);
        for (int v = 0; v < count; v++) {
          columns[v * LANES + lane] = rows[lane][v];
        }
      }
      float[] queryRow = new float[bound.rowSize()];
      bound.coordinates(distances(vantagePoints, query, error, random), 0, queryRow);
      float[] bounds = new float[LANES];
      bound.squaredLowerBounds(queryRow, columns, LANES, bounds);
      for (int lane = 0; lane < LANES; lane++) {
        double exact = distance(query, points[lane]);
        assertTrue(bounds[lane] <= exact * exact, "bound=" + bounds[lane] + ", distance=" + exact);
        assertEquals(bounds[lane], bound.squaredLowerBound(queryRow, rows[lane]));
        tight = exact == 0 ? tight : Math.max(tight, Math.sqrt(bounds[lane]) / exact);
      }
      assertBoxHolds(bound, queryRow, rows, bounds);
    }
    assertTrue(tight >= leastShare, "the best share of a distance=" + tight);
  }

  /** The bound of a box is no greater than that of any row in it. */
  private static void assertBoxHolds(
      TriangleBound bound, float[] query, float[][] rows, float[] bounds) {
    BoundingBoxes boxes = new BoundingBoxes(bound.rowSize());
    boxes.reserve(1);
    Arrays.stream(rows).forEach(row -> boxes.widen(0, row));
    float[] ofBox = new float[1];
    BoundingBoxes.Bounds box = boxes.bounds();
    bound.squaredLowerBounds(query, box.least(), box.greatest(), 1, ofBox);
    for (float one : bounds) {
      assertTrue(ofBox[0] <= one, "box=" + ofBox[0] + ", row=" + one);
    }
  }

  @Test
  void saysNothingWithoutVantagePoints() {
    TriangleBound none = new TriangleBound(0, 1e-13);
    float[] bounds = {7, 7};
    none.squaredLowerBounds(new float[0], new float[0], 2, bounds);
    assertEquals("[0.0, 0.0]", Arrays.toString(bounds));
  }
}
