package dev.vantage.tsdb.metric;

import dev.vantage.tsdb.fft.RealFft;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A race between two kinds of kernels on made-up rows, of lengths and multipliers that take every
 * path through the code, so that none of it is left to be compiled when the winner is in use.
 */
final class KernelTrial {
  private static final int[] LENGTHS = {512, 1024};
  private static final double[] MULTIPLIERS = {0.01, 1, 50};

  /** What is gained must be worth the change. */
  private static final double FASTER = 0.8;

  private static final int WINS_IN_A_ROW = 5;
  private static final int DISTANCES_A_ROUND = 20;
  private static final long GIVE_UP_NANOSECONDS = 30_000_000_000L;

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
    // Spectra of no series, but small enough for correlations between -1 and 1.
    double bound = 1.0 / longest;
    rows = new Random(1).doubles(2 * longest, -bound, bound).toArray();
  }

  /**
   * {@return whether the second kind is faster; known within a second or so, or given up after
   * thirty}
   */
  static boolean isFaster(KernelMaker one, KernelMaker other) {
    return isFaster(one, other, GIVE_UP_NANOSECONDS);
  }

  static boolean isFaster(KernelMaker one, KernelMaker other, long giveUpNanoseconds) {
    KernelTrial first = new KernelTrial(one);
    KernelTrial second = new KernelTrial(other);
    long start = System.nanoTime();
    int wins = 0;
    while (wins < WINS_IN_A_ROW && System.nanoTime() - start < giveUpNanoseconds) {
      wins = second.round() < FASTER * first.round() ? wins + 1 : 0;
    }
    return wins == WINS_IN_A_ROW && !Double.isNaN(first.sum + second.sum);
  }

  /** How long it took, in nanoseconds. */
  private long round() {
    long start = System.nanoTime();
    for (CorrelationKernel kernel : kernels) {
      for (int i = 0; i < DISTANCES_A_ROUND; i++) {
        sum += kernel.sum(rows, 0, rows, rows.length / 2);
      }
    }
    return System.nanoTime() - start;
  }
}
