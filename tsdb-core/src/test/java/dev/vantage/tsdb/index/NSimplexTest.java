package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound between points of a known space, in which all its claims can be computed. */
class NSimplexTest {
  private static final double ERROR = 1e-14;

  private static RealVector unitVector(Random random, int dimensions) {
    RealVector vector = new ArrayRealVector(dimensions);
    for (int i = 0; i < dimensions; i++) {
      vector.setEntry(i, random.nextGaussian());
    }
    return vector.unitVector();
  }

  /** Computes the distance from the difference, which is accurate for close points. */
  private static double distance(RealVector a, RealVector b) {
    return a.subtract(b).getNorm();
  }

  private static double[] distances(RealVector[] vantagePoints, RealVector x) {
    return Arrays.stream(vantagePoints).mapToDouble(v -> distance(v, x)).toArray();
  }

  private static NSimplex simplex(RealVector[] vantagePoints) {
    double[][] between = new double[vantagePoints.length][];
    for (int i = 0; i < between.length; i++) {
      between[i] = distances(vantagePoints, vantagePoints[i]);
    }
    return new NSimplex(between, 1, ERROR);
  }

  private static double squaredBound(
      NSimplex simplex, RealVector[] vantagePoints, RealVector a, RealVector b) {
    return squaredBound(simplex, distances(vantagePoints, a), distances(vantagePoints, b));
  }

  /**
   * Returns the bound of a single pair, and checks that it equals the bound of the pair among many.
   */
  private static double squaredBound(NSimplex simplex, double[] a, double[] b) {
    float[] aRow = new float[simplex.rowSize()];
    float[] bRow = new float[simplex.rowSize()];
    simplex.coordinates(a, 0, aRow);
    simplex.coordinates(b, 0, bRow);
    int lanes = 37;
    float[] columns = new float[simplex.rowSize() * lanes];
    for (int i = 0; i < aRow.length; i++) {
      Arrays.fill(columns, i * lanes, (i + 1) * lanes, aRow[i]);
      columns[(i + 1) * lanes - 1] = bRow[i];
    }
    float[] bounds = new float[lanes];
    simplex.squaredLowerBounds(aRow, columns, lanes, bounds);
    assertEquals(0, bounds[0]);
    assertEquals(simplex.squaredLowerBound(aRow, bRow), bounds[lanes - 1]);
    return bounds[lanes - 1];
  }

  /** (k_a - k_b)^T G^+ (k_a - k_b) + (r_a - r_b)^2, by another factorisation. */
  private static double oracle(RealVector[] vantagePoints, RealVector a, RealVector b) {
    int count = vantagePoints.length;
    RealMatrix similarities = new Array2DRowRealMatrix(count, count);
    RealVector toA = new ArrayRealVector(count);
    RealVector toB = new ArrayRealVector(count);
    for (int i = 0; i < count; i++) {
      toA.setEntry(i, vantagePoints[i].dotProduct(a));
      toB.setEntry(i, vantagePoints[i].dotProduct(b));
      for (int j = 0; j < count; j++) {
        similarities.setEntry(i, j, vantagePoints[i].dotProduct(vantagePoints[j]));
      }
    }
    DecompositionSolver solver = new SingularValueDecomposition(similarities).getSolver();
    RealVector difference = toA.subtract(toB);
    double residualA = Math.sqrt(Math.max(0, 1 - toA.dotProduct(solver.solve(toA))));
    double residualB = Math.sqrt(Math.max(0, 1 - toB.dotProduct(solver.solve(toB))));
    return difference.dotProduct(solver.solve(difference))
        + (residualA - residualB) * (residualA - residualB);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "1, 50", "2, 5", "5, 6", "5, 40", "20, 30", "20, 400", "40, 200"})
  void equalsAnotherFactorisation(int count, int dimensions) {
    Random random = Seeds.random("n-simplex");
    for (int round = 0; round < 20; round++) {
      RealVector[] vantagePoints = new RealVector[count];
      Arrays.setAll(vantagePoints, v -> unitVector(random, dimensions));
      NSimplex simplex = simplex(vantagePoints);
      assertEquals(count + 2, simplex.rowSize());
      for (int pair = 0; pair < 10; pair++) {
        RealVector a = unitVector(random, dimensions);
        RealVector b = unitVector(random, dimensions);
        double bound = squaredBound(simplex, vantagePoints, a, b);
        assertEquals(oracle(vantagePoints, a, b), bound, 2e-5);
        assertTrue(bound <= distance(a, b) * distance(a, b), "bound=" + bound);
        assertEquals(bound, squaredBound(simplex, vantagePoints, b, a), "either way round");
      }
    }
  }

  /**
   * With one dimension outside the span and both points on the same side, the bound equals the
   * distance.
   */
  @Test
  void reachesTheDistanceWhereNothingIsUnknown() {
    Random random = Seeds.random("tight n-simplex");
    int count = 6;
    for (int round = 0; round < 200; round++) {
      RealVector[] vantagePoints = new RealVector[count];
      Arrays.setAll(vantagePoints, v -> unitVector(random, count).append(0.0));
      NSimplex simplex = simplex(vantagePoints);
      RealVector a = unitVector(random, count + 1);
      RealVector b = unitVector(random, count + 1);
      a.setEntry(count, Math.abs(a.getEntry(count)));
      b.setEntry(count, Math.abs(b.getEntry(count)));
      double squared = distance(a, b) * distance(a, b);
      double bound = squaredBound(simplex, vantagePoints, a, b);
      assertTrue(bound <= squared, "bound=" + bound + ", squared distance=" + squared);
      assertEquals(squared, bound, 2e-3, "of an ill-conditioned simplex perhaps, but near");
    }
  }

  @Test
  void neverExceedsTheDistanceOfCloseOrDependentPoints() {
    Random random = Seeds.random("close points");
    for (int round = 0; round < 3000; round++) {
      int dimensions = 2 + random.nextInt(30);
      int count = 1 + random.nextInt(40);
      RealVector[] vantagePoints = new RealVector[count];
      for (int v = 0; v < count; v++) {
        vantagePoints[v] =
            v > 0 && random.nextBoolean()
                ? near(vantagePoints[random.nextInt(v)], random)
                : unitVector(random, dimensions);
      }
      NSimplex simplex = simplex(vantagePoints);
      assertTrue(simplex.rowSize() <= Math.min(count, dimensions) + 2, "rank");
      RealVector a =
          random.nextInt(4) == 0
              ? near(vantagePoints[random.nextInt(count)], random)
              : unitVector(random, dimensions);
      RealVector b = near(a, random);
      double squared = distance(a, b) * distance(a, b);
      double bound = squaredBound(simplex, vantagePoints, a, b);
      assertTrue(bound <= squared, () -> "bound=" + bound + ", squared distance=" + squared);
    }
  }

  /** With the declared error in the squares of distances, the bound must still hold. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-14, 1e-11, 1e-9, 1e-7, 1e-5})
  void allowsForDistancesThatAreOff(double error) {
    Random random = Seeds.random("distances off by " + error);
    int useful = 0;
    for (int round = 0; round < 3000; round++) {
      int dimensions = 2 + random.nextInt(20);
      RealVector[] vantagePoints = new RealVector[1 + random.nextInt(20)];
      for (int v = 0; v < vantagePoints.length; v++) {
        vantagePoints[v] =
            v > 0 && random.nextInt(3) == 0
                ? near(vantagePoints[random.nextInt(v)], random)
                : unitVector(random, dimensions);
      }
      double[][] between = new double[vantagePoints.length][];
      for (int v = 0; v < between.length; v++) {
        between[v] = disturbed(distances(vantagePoints, vantagePoints[v]), error, random);
      }
      NSimplex simplex = new NSimplex(between, 1, error);
      RealVector a = unitVector(random, dimensions);
      RealVector b = random.nextBoolean() ? near(a, random) : unitVector(random, dimensions);
      double bound =
          squaredBound(
              simplex,
              disturbed(distances(vantagePoints, a), error, random),
              disturbed(distances(vantagePoints, b), error, random));
      double squared = distance(a, b) * distance(a, b);
      assertTrue(bound <= squared, () -> "bound=" + bound + ", squared distance=" + squared);
      useful += bound > squared / 4 ? 1 : 0;
    }
    assertTrue(useful > 300, "bounds above half of the distance=" + useful);
  }

  private static double[] disturbed(double[] distances, double error, Random random) {
    return Arrays.stream(distances)
        .map(
            d ->
                d == 0
                    ? 0
                    : Math.sqrt(Math.max(0, d * d + (random.nextBoolean() ? error : -error))))
        .toArray();
  }

  private static RealVector near(RealVector point, Random random) {
    RealVector step = unitVector(random, point.getDimension());
    double length = Math.pow(10, -16 * random.nextDouble());
    return random.nextInt(10) == 0 ? point : point.add(step.mapMultiply(length)).unitVector();
  }

  /** A row ends with the least and the greatest that the residual can be, as floats. */
  @Test
  void residualLiesInItsInterval() {
    Random random = Seeds.random("residuals");
    NSimplex simplex = new NSimplex(new double[1][1], 1, ERROR);
    float[] row = new float[simplex.rowSize()];
    for (int round = 0; round < 10_000; round++) {
      double similarity = random.nextDouble();
      double residual = Math.sqrt(1 - similarity * similarity);
      simplex.coordinates(new double[] {Math.sqrt(2 - 2 * similarity)}, 0, row);
      assertEquals((float) similarity, row[0], 1e-7);
      assertTrue(row[1] <= residual && residual <= row[2], "residual=" + residual);
      assertTrue(row[2] - row[1] < 1e-5, "wider than need be");
    }
  }

  @Test
  void leavesOutWhatAddsNothing() {
    Random random = Seeds.random("duplicates");
    RealVector[] vantagePoints = new RealVector[20];
    RealVector one = unitVector(random, 50);
    RealVector other = unitVector(random, 50);
    Arrays.setAll(vantagePoints, v -> v % 2 == 0 ? one : other);
    assertEquals(2 + 2, simplex(vantagePoints).rowSize());
    assertEquals(1 + 2, simplex(new RealVector[] {one, one, one}).rowSize());
    NSimplex none = new NSimplex(new double[0][0], 1, ERROR);
    assertEquals(2, none.rowSize());
    assertEquals(0, squaredBound(none, new RealVector[0], one, other));
  }
}
