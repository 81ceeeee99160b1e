package dev.vantage.tsdb.metric.phase;

/** The factors of circular shifts: {@code exp(2 pi i k / n)}. Immutable. */
final class UnitShifts {
  private final double[] cos;
  private final double[] sin;

  UnitShifts(int length) {
    cos = new double[length];
    sin = new double[length];
    for (int k = 0; k < length; k++) {
      // Exact at the quarters, so that a shift by 0 changes nothing.
      double angle = 2 * Math.PI * k / length;
      cos[k] = 4 * k == length || 4 * k == 3 * length ? 0 : Math.cos(angle);
      sin[k] = 2 * k == length ? 0 : Math.sin(angle);
    }
  }

  /**
   * Computes the squared Euclidean distance of a series and a shifted other one, without the values
   * at frequency 0, divided by n.
   *
   * @param x the array of the spectrum of the first divided by n
   * @param xOffset its first index
   * @param y that of the second, which is read s samples later
   * @param yOffset its first index
   * @param shift the shift s
   */
  double squaredDistance(double[] x, int xOffset, double[] y, int yOffset, int shift) {
    int length = cos.length;
    int half = length / 2;
    double sum = 0;
    for (int f = 1; f < half; f++) {
      int k = (int) ((long) f * shift & length - 1);
      double re = y[yOffset + f];
      double im = y[yOffset + half + f];
      double reApart = x[xOffset + f] - (re * cos[k] - im * sin[k]);
      double imApart = x[xOffset + half + f] - (re * sin[k] + im * cos[k]);
      sum += reApart * reApart + imApart * imApart;
    }
    double sign = (shift & 1) == 0 ? 1 : -1;
    double apart = x[xOffset + half] - sign * y[yOffset + half];
    return 2 * sum + apart * apart;
  }
}
