package dev.vantage.tsdb.fft;

/**
 * The discrete Fourier transform of a complex series, {@code Z[k] = sum_t z[t] exp(-2 pi i k t /
 * N)}, in place, in natural order, out in bit-reversed order. Decimation in frequency: two radix-2
 * stages at a time (Cooley, Tukey, 1965; the radix-4 pairing of Gentleman, Sande, 1966), so that no
 * pass over the data is spent on reordering it. Immutable and thread-safe.
 */
final class ComplexFft {
  private final int length;

  /**
   * For each radix-4 stage of block size L: w^j, w^2j, w^3j for j in [0, L/4), real then imaginary.
   */
  private final double[][] twiddles;

  ComplexFft(int length) {
    this.length = length;
    int stages = 0;
    for (int block = length; block >= 4; block /= 4) {
      stages++;
    }
    twiddles = new double[stages][];
    int block = length;
    for (int stage = 0; stage < stages; stage++) {
      twiddles[stage] = stageTwiddles(block);
      block /= 4;
    }
  }

  private static double[] stageTwiddles(int block) {
    int quarter = block / 4;
    double[] table = new double[6 * quarter];
    for (int power = 1; power <= 3; power++) {
      for (int j = 0; j < quarter; j++) {
        table[(2 * power - 2) * quarter + j] = UnitRoots.cos(power * j, block);
        table[(2 * power - 1) * quarter + j] = -UnitRoots.sin(power * j, block);
      }
    }
    return table;
  }

  /**
   * Transforms in place. The inverse, times N, is the same with real and imaginary parts swapped.
   *
   * @param re real parts, from {@code reOffset}
   * @param im imaginary parts, from {@code imOffset}; may be the same array
   */
  void transform(double[] re, int reOffset, double[] im, int imOffset) {
    int block = length;
    for (double[] table : twiddles) {
      for (int start = 0; start < length; start += block) {
        butterflies(re, reOffset + start, im, imOffset + start, block / 4, table);
      }
      block /= 4;
    }
    if (block == 2) {
      pairs(re, reOffset, im, imOffset);
    }
  }

  private static void butterflies(
      double[] re, int r, double[] im, int i, int quarter, double[] table) {
    for (int j = 0; j < quarter; j++) {
      int r0 = r + j;
      int r1 = r0 + quarter;
      int r2 = r1 + quarter;
      int r3 = r2 + quarter;
      int i0 = i + j;
      int i1 = i0 + quarter;
      int i2 = i1 + quarter;
      int i3 = i2 + quarter;
      double sumRe = re[r0] + re[r2];
      double sumIm = im[i0] + im[i2];
      double differenceRe = re[r0] - re[r2];
      double differenceIm = im[i0] - im[i2];
      double otherSumRe = re[r1] + re[r3];
      double otherSumIm = im[i1] + im[i3];
      double otherDifferenceRe = re[r1] - re[r3];
      double otherDifferenceIm = im[i1] - im[i3];
      re[r0] = sumRe + otherSumRe;
      im[i0] = sumIm + otherSumIm;
      double w2Re = table[2 * quarter + j];
      double w2Im = table[3 * quarter + j];
      double yRe = sumRe - otherSumRe;
      double yIm = sumIm - otherSumIm;
      re[r1] = yRe * w2Re - yIm * w2Im;
      im[i1] = yRe * w2Im + yIm * w2Re;
      double w1Re = table[j];
      double w1Im = table[quarter + j];
      yRe = differenceRe + otherDifferenceIm;
      yIm = differenceIm - otherDifferenceRe;
      re[r2] = yRe * w1Re - yIm * w1Im;
      im[i2] = yRe * w1Im + yIm * w1Re;
      double w3Re = table[4 * quarter + j];
      double w3Im = table[5 * quarter + j];
      yRe = differenceRe - otherDifferenceIm;
      yIm = differenceIm + otherDifferenceRe;
      re[r3] = yRe * w3Re - yIm * w3Im;
      im[i3] = yRe * w3Im + yIm * w3Re;
    }
  }

  private void pairs(double[] re, int r, double[] im, int i) {
    for (int k = 0; k < length; k += 2) {
      double a = re[r + k];
      double b = re[r + k + 1];
      re[r + k] = a + b;
      re[r + k + 1] = a - b;
      a = im[i + k];
      b = im[i + k + 1];
      im[i + k] = a + b;
      im[i + k + 1] = a - b;
    }
  }
}
