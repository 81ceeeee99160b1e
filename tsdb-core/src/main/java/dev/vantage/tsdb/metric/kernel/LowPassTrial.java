package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compares the speed of two kinds of evaluators of {@link LowPassBound} on synthetic sketches, at
 * levels and multipliers that take every path through the code, like {@link KernelTrial}.
 */
final class LowPassTrial {
  private static final double[] MULTIPLIERS = {1, 10, 50};
  private static final int LEVELS = 2;
  private static final int SERIES = 64;
  private static final int CALLS_A_ROUND = 10;

  private final List<LowerBound.Evaluator> evaluators = new ArrayList<>();
  private final float[] sketches = new float[Sketch.size(LEVELS - 1) * SERIES];
  private final float[] bounds = new float[SERIES];
  private float sum;

  private LowPassTrial(LowPassMaker maker) {
    Random random = new Random(1);
    // Synthetic sketches, small enough for correlations between -1 and 1.
    float[] query = new float[sketches.length / SERIES];
    for (int j = 0; j < query.length; j++) {
      query[j] = random.nextFloat() / query.length;
    }
    for (int i = 0; i < sketches.length; i++) {
      sketches[i] = random.nextFloat() / query.length;
    }
    for (double multiplier : MULTIPLIERS) {
      for (int level = 0; level < LEVELS; level++) {
        LowPassGrid grid = new LowPassGrid(multiplier, 0, level);
        evaluators.add(maker.make(grid, new LaneFft(grid.half), query));
      }
    }
  }

  /** {@return whether the second kind is faster} */
  static boolean isFaster(LowPassMaker one, LowPassMaker other) {
    LowPassTrial first = new LowPassTrial(one);
    LowPassTrial second = new LowPassTrial(other);
    boolean won = Race.isWonBySecond(first::round, second::round, System::nanoTime);
    return won && !Float.isNaN(first.sum + second.sum);
  }

  private void round() {
    for (LowerBound.Evaluator evaluator : evaluators) {
      for (int call = 0; call < CALLS_A_ROUND; call++) {
        evaluator.squaredLowerBounds(sketches, SERIES, 0, SERIES, bounds);
        sum += bounds[call];
      }
    }
  }
}
