package dev.vantage.tsdb.metric.kernel;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/** The kernelised cross-correlation by its definition, in O(n^2): slow, obvious, and the oracle. */
public final class NaiveKernelCorrelation {
  private final double multiplier;

  public NaiveKernelCorrelation(double multiplier) {
    this.multiplier = multiplier;
  }

  public double similarity(double[] x, double[] y) {
    double[] a = StatUtils.normalize(x);
    double[] b = StatUtils.normalize(y);
    // normalize divides by the sample deviation; the metric asks for that of the population.
    double factor = x.length / (x.length - 1.0);
    double[] ab = scaled(correlations(a, b), factor);
    double[] aa = scaled(correlations(a, a), factor);
    double[] bb = scaled(correlations(b, b), factor);
    return kernel(ab) / Math.sqrt(kernel(aa) * kernel(bb));
  }

  public double distance(double[] x, double[] y) {
    return Math.sqrt(Math.max(0, 2 * (1 - similarity(x, y))));
  }

  public int bestLag(double[] x, double[] y) {
    double[] correlations =
        scaled(
            correlations(StatUtils.normalize(x), StatUtils.normalize(y)),
            x.length / (x.length - 1.0));
    double greatest = Arrays.stream(correlations).max().orElseThrow();
    for (int s = 0; s < correlations.length; s++) {
      if (correlations[s] >= greatest - 1e-12) {
        return s;
      }
    }
    throw new AssertionError("a maximum is one of the numbers");
  }

  private static double[] correlations(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int s = 0; s < a.length; s++) {
      for (int t = 0; t < a.length; t++) {
        result[s] += a[t] * b[(t + s) % a.length] / a.length;
      }
    }
    return result;
  }

  private static double[] scaled(double[] numbers, double factor) {
    return Arrays.stream(numbers).map(number -> number * factor).toArray();
  }

  private double kernel(double[] correlations) {
    return Arrays.stream(correlations).map(c -> Math.exp(multiplier * (c - 1))).sum();
  }
}
