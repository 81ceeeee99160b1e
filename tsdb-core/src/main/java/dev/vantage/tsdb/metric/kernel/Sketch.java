package dev.vantage.tsdb.metric.kernel;

/**
 * The floats of a series from which bounds are computed: a scale from its kernel with itself, its
 * lowest frequencies, and for each level m the energy above m. Immutable. With {@code a_f = sqrt(2)
 * |X_f| / n}, whose squares sum to 1 (at f = n/2 without the factor sqrt(2)):
 *
 * <pre>
 *   0                       sqrt(n / K(x,x)), where K sums exp(g (c - 1))
 *   for each level m, from the level l below (0 for the first):
 *     sqrt(2) X_f / n       real parts for f = l + 1 .. m, then imaginary parts
 *     t = sqrt(sum_{f&gt;m} a_f^2)                 the tail
 *     s = (sum_{f&gt;m} a_f^4)^(1/2)               energy of single frequencies; f = n/2 twice
 * </pre>
 *
 * <p>All upper bounds are rounded up.
 */
final class Sketch {
  /** The frequencies of the first level. */
  static final int FIRST_LEVEL = 8;

  /** The frequencies of the last level: more would cost memory and save little time. */
  private static final int LAST_LEVEL = 64;

  /** An upper bound on the rounding error of n squares whose sum is 1. */
  private static final double TAIL_SLACK = 1e-14;

  private final int length;
  private final int levels;

  /**
   * Creates sketches of series of one length.
   *
   * @param length samples per series, a power of two
   */
  Sketch(int length) {
    this.length = length;
    int count = 0;
    while (FIRST_LEVEL << count <= LAST_LEVEL && pays(FIRST_LEVEL << count)) {
      count++;
    }
    levels = count;
  }

  /**
   * Returns whether the grid of a level, with four places per frequency, is coarser than the
   * series. The grid of the last level may be as fine, because even for short series it leaves
   * almost no exact distances to compute.
   */
  private boolean pays(int frequencies) {
    int places = 4 * frequencies;
    return places < length || places == length && frequencies == LAST_LEVEL;
  }

  int levels() {
    return levels;
  }

  static int frequencies(int level) {
    return FIRST_LEVEL << level;
  }

  /** Returns the number of floats up to the end of a level. */
  static int size(int level) {
    return 1 + 2 * frequencies(level) + 2 * (level + 1);
  }

  int size() {
    return levels == 0 ? 0 : size(levels - 1);
  }

  private static int levelStart(int level) {
    return level == 0 ? 1 : size(level - 1);
  }

  private static int levelOf(int frequency) {
    int level = 0;
    while (frequency > frequencies(level)) {
      level++;
    }
    return level;
  }

  static int realAt(int frequency) {
    int level = levelOf(frequency);
    int below = level == 0 ? 0 : frequencies(level - 1);
    return levelStart(level) + frequency - below - 1;
  }

  static int imaginaryAt(int frequency) {
    int level = levelOf(frequency);
    int below = level == 0 ? 0 : frequencies(level - 1);
    return realAt(frequency) + frequencies(level) - below;
  }

  static int tailAt(int level) {
    return size(level) - 2;
  }

  static int tailPowerAt(int level) {
    return size(level) - 1;
  }

  /**
   * Writes the sketch of a row, which is the spectrum / n in the layout of RealFft, with the kernel
   * sum at frequency 0.
   */
  void write(double[] row, int offset, float[] sketch, int sketchOffset) {
    if (levels == 0) {
      return;
    }
    int half = length / 2;
    sketch[sketchOffset] = (float) Math.sqrt(length / row[offset]);
    for (int f = 1; f <= frequencies(levels - 1); f++) {
      sketch[sketchOffset + realAt(f)] = (float) (Math.sqrt(2) * row[offset + f]);
      sketch[sketchOffset + imaginaryAt(f)] = (float) (Math.sqrt(2) * row[offset + half + f]);
    }
    double nyquist = row[offset + half] * row[offset + half];
    double tail = nyquist;
    double tailPower = 2 * nyquist * nyquist;
    int level = levels - 1;
    for (int f = half - 1; f >= FIRST_LEVEL; f--) {
      if (level >= 0 && f == frequencies(level)) {
        sketch[sketchOffset + tailAt(level)] = roundedUp(Math.sqrt(tail + TAIL_SLACK));
        sketch[sketchOffset + tailPowerAt(level)] = roundedUp(Math.sqrt(tailPower));
        level--;
      }
      double re = row[offset + f];
      double im = row[offset + half + f];
      double square = 2 * (re * re + im * im);
      tail += square;
      tailPower += square * square;
    }
  }

  private static float roundedUp(double number) {
    return Math.nextUp((float) (number * (1 + 1e-12)));
  }
}
