package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compares the speed of two kinds of kernels on synthetic rows. The lengths and multipliers take
 * every path through the code, so all of it is compiled before the faster kind is used.
 */
final class KernelTrial {
  private static final int[] LENGTHS = {512, 1024};
  private static final double[] MULTIPLIERS = {0.01, 1, 50};

  private static final int DISTANCES_A_ROUND = 20;

  private final List<CorrelationKernel> kernels = new ArrayList<>();
  private final double[] rows;
  private double sum;

  private KernelTrial(KernelMaker maker) {
    for (int length : LENGTHS) {
      RealFft fft = new RealFft(length);
      for (double multiplier : MULTIPLIERS) {
        kernels.add(maker.make(fft, new KernelSum(multiplier)));
      }
    }
    int longest = LENGTHS[LENGTHS.length - 1];
    // Synthetic spectra, small enough for correlations between -1 and 1.
    double bound = 1.0 / longest;
    rows = new Random(1).doubles(2L * longest, -bound, bound).toArray();
  }

  /** {@return whether the second kind is faster} */
  static boolean isFaster(KernelMaker one, KernelMaker other) {
    KernelTrial first = new KernelTrial(one);
    KernelTrial second = new KernelTrial(other);
    boolean won = Race.isWonBySecond(first::round, second::round, System::nanoTime);
    return won && !Double.isNaN(first.sum + second.sum);
  }

  private void round() {
    for (CorrelationKernel kernel : kernels) {
      for (int i = 0; i < DISTANCES_A_ROUND; i++) {
        sum += kernel.sum(rows, 0, rows, rows.length / 2);
      }
    }
  }
}
