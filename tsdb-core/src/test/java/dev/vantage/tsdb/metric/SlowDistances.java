package dev.vantage.tsdb.metric;

/** The definitions of the distances as slow and obvious loops. */
final class SlowDistances {
  private final MetricSpec spec;

  SlowDistances(MetricSpec spec) {
    this.spec = spec;
  }

  private double parameter(String name) {
    return Double.parseDouble(spec.parameters().get(name));
  }

  private double[] scaled(double[] samples) {
    if (spec.parameters().get("standardise").equals("none")) {
      return samples;
    }
    return Standardisation.standardise(samples);
  }

  /** Returns the norm of a series, which rounding errors are compared with. */
  double size(double[] samples) {
    double sum = 0;
    for (double sample : scaled(samples)) {
      sum += sample * sample;
    }
    return Math.sqrt(sum);
  }

  double distance(double[] first, double[] second) {
    double[] x = scaled(first);
    double[] y = scaled(second);
    return switch (spec.name()) {
      case "euclidean" -> euclidean(x, y, 0, 1);
      case "phase-invariant" -> phaseInvariant(x, y);
      case "dtw" -> Math.sqrt(table(x, y));
      default -> table(x, y);
    };
  }

  private static double euclidean(double[] x, double[] y, int shift, int direction) {
    double sum = 0;
    for (int t = 0; t < x.length; t++) {
      double apart = x[t] - y[Math.floorMod(direction * t + shift, x.length)];
      sum += apart * apart;
    }
    return Math.sqrt(sum);
  }

  private double phaseInvariant(double[] x, double[] y) {
    double least = Double.POSITIVE_INFINITY;
    for (int shift = 0; shift < x.length; shift++) {
      least = Math.min(least, euclidean(x, y, shift, 1));
      if (spec.parameters().get("reversal").equals("true")) {
        least = Math.min(least, euclidean(x, y, shift, -1));
      }
    }
    return least;
  }

  private double table(double[] x, double[] y) {
    int n = x.length;
    double[][] d = new double[n + 1][n + 1];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= n; j++) {
        if (i > 0 || j > 0) {
          double least = Double.POSITIVE_INFINITY;
          if (i > 0 && j > 0) {
            least = d[i - 1][j - 1] + match(x, y, i, j);
          }
          if (i > 0) {
            least = Math.min(least, d[i - 1][j] + delete(x, y, i, j));
          }
          if (j > 0) {
            least = Math.min(least, d[i][j - 1] + delete(y, x, j, i));
          }
          d[i][j] = least;
        }
      }
    }
    return d[n][n];
  }

  private static double at(double[] x, int i) {
    return i == 0 ? 0 : x[i - 1];
  }

  private double match(double[] x, double[] y, int i, int j) {
    double apart = at(x, i) - at(y, j);
    return switch (spec.name()) {
      case "twe" ->
          Math.abs(apart)
              + Math.abs(at(x, i - 1) - at(y, j - 1))
              + 2 * parameter("stiffness") * Math.abs(i - j);
      case "dtw" -> Math.abs(i - j) > parameter("window") ? 1e300 : apart * apart;
      default -> Math.abs(apart);
    };
  }

  /** The cost of one more sample of x, where j samples of y are matched. */
  private double delete(double[] x, double[] y, int i, int j) {
    return switch (spec.name()) {
      case "twe" ->
          j == 0
              ? Double.POSITIVE_INFINITY
              : Math.abs(at(x, i) - at(x, i - 1)) + parameter("stiffness") + parameter("penalty");
      case "erp" -> Math.abs(at(x, i) - parameter("gap"));
      case "dtw" -> j == 0 ? Double.POSITIVE_INFINITY : match(x, y, i, j);
      default ->
          i == 1 || j == 0 ? Double.POSITIVE_INFINITY : split(at(x, i), at(x, i - 1), at(y, j));
    };
  }

  private double split(double a, double b, double c) {
    double cost = parameter("cost");
    boolean isBetween = b <= a && a <= c || c <= a && a <= b;
    return isBetween ? cost : cost + Math.min(Math.abs(a - b), Math.abs(a - c));
  }
}
