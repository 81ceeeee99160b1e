package dev.vantage.tsdb.fft;

/**
 * Computes sine and cosine of {@code 2 pi k / n}. Thread-safe. Values are taken from the first
 * octant, where they are accurate to half a unit in the last place, so symmetric roots are
 * symmetric to the last bit.
 */
final class UnitRoots {
  private UnitRoots() {}

  static double cos(int k, int n) {
    return sin(k + n / 4, n);
  }

  /** Returns sin(2 pi k / n), for {@code n} a multiple of 4. */
  static double sin(int k, int n) {
    int step = Math.floorMod(k, n);
    if (step >= n / 2) {
      return -sin(step - n / 2, n);
    }
    if (step > n / 4) {
      return sin(n / 2 - step, n);
    }
    double angle = 2 * Math.PI * step / n;
    return 8L * step <= n ? Math.sin(angle) : Math.cos(2 * Math.PI * (n / 4 - step) / n);
  }
}
