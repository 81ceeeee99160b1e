package dev.vantage.tsdb.metric.kernel;

/**
 * The complex discrete Fourier transform of several series at once, one series per lane: number k
 * of lane i is {@code re[k][i] + j im[k][i]}. Radix-4 stages and possibly one of radix 2, in place
 * (Cooley, Tukey, 1965, doi:10.1090/S0025-5718-1965-0178586-1), not scaled. Immutable.
 */
final class LaneFft {
  private final int length;

  /**
   * For each j in [0, length / 4): cosine and sine of -2 pi j / length, then those of 2j and 3j.
   */
  private final float[] roots;

  /**
   * Creates a transform.
   *
   * @param length the number of complex numbers, a power of two, at least 4
   */
  LaneFft(int length) {
    this.length = length;
    roots = new float[6 * (length / 4)];
    for (int j = 0; j < length / 4; j++) {
      for (int power = 1; power <= 3; power++) {
        double angle = -2 * Math.PI * j * power / length;
        roots[6 * j + 2 * power - 2] = (float) Math.cos(angle);
        roots[6 * j + 2 * power - 1] = (float) Math.sin(angle);
      }
    }
  }

  int length() {
    return length;
  }

  /**
   * {@return cosines and sines of -2 pi j / length, 2j and 3j for each j in [0, length / 4);
   * shared, must not be written}
   */
  float[] roots() {
    return roots;
  }

  /** Transforms frequencies, in order, to times, in the order that {@link #forward} expects. */
  void inverse(float[][] re, float[][] im, int lanes) {
    int block = length;
    for (; block >= 4; block /= 4) {
      for (int start = 0; start < length; start += block) {
        for (int j = 0; j < block / 4; j++) {
          // A forward transform with real and imaginary parts swapped is the inverse transform.
          decimate(im, re, start + j, block, j, lanes);
        }
      }
    }
    if (block == 2) {
      pairs(re, lanes);
      pairs(im, lanes);
    }
  }

  /**
   * Transforms times, in the order in which {@link #inverse} leaves them, to frequencies, in order.
   */
  void forward(float[][] re, float[][] im, int lanes) {
    int block = 1;
    if (Integer.numberOfTrailingZeros(length) % 2 == 1) {
      pairs(re, lanes);
      pairs(im, lanes);
      block = 2;
    }
    for (block *= 4; block <= length; block *= 4) {
      for (int start = 0; start < length; start += block) {
        for (int j = 0; j < block / 4; j++) {
          // Reverses the steps of the inverse.
          assemble(im, re, start + j, block, j, lanes);
        }
      }
    }
  }

  private void decimate(float[][] re, float[][] im, int first, int block, int j, int lanes) {
    int a = first;
    int b = a + block / 4;
    int c = b + block / 4;
    int d = c + block / 4;
    decimate(re[a], im[a], re[b], im[b], re[c], im[c], re[d], im[d], lanes);
    if (j > 0) {
      int w = 6 * j * (length / block);
      turn(re[b], im[b], roots[w + 2], roots[w + 3], lanes);
      turn(re[c], im[c], roots[w], roots[w + 1], lanes);
      turn(re[d], im[d], roots[w + 4], roots[w + 5], lanes);
    }
  }

  private static void decimate(
      float[] aRe,
      float[] aIm,
      float[] bRe,
      float[] bIm,
      float[] cRe,
      float[] cIm,
      float[] dRe,
      float[] dIm,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      float sumRe = aRe[i] + cRe[i];
      float sumIm = aIm[i] + cIm[i];
      float differenceRe = aRe[i] - cRe[i];
      float differenceIm = aIm[i] - cIm[i];
      float otherSumRe = bRe[i] + dRe[i];
      float otherSumIm = bIm[i] + dIm[i];
      float otherDifferenceRe = bRe[i] - dRe[i];
      float otherDifferenceIm = bIm[i] - dIm[i];
      aRe[i] = sumRe + otherSumRe;
      aIm[i] = sumIm + otherSumIm;
      bRe[i] = sumRe - otherSumRe;
      bIm[i] = sumIm - otherSumIm;
      cRe[i] = differenceRe + otherDifferenceIm;
      cIm[i] = differenceIm - otherDifferenceRe;
      dRe[i] = differenceRe - otherDifferenceIm;
      dIm[i] = differenceIm + otherDifferenceRe;
    }
  }

  private void assemble(float[][] re, float[][] im, int first, int block, int j, int lanes) {
    int a = first;
    int b = a + block / 4;
    int c = b + block / 4;
    int d = c + block / 4;
    if (j > 0) {
      int w = 6 * j * (length / block);
      turn(re[b], im[b], roots[w + 2], -roots[w + 3], lanes);
      turn(re[c], im[c], roots[w], -roots[w + 1], lanes);
      turn(re[d], im[d], roots[w + 4], -roots[w + 5], lanes);
    }
    assemble(re[a], im[a], re[b], im[b], re[c], im[c], re[d], im[d], lanes);
  }

  /** Computes the inverse of {@link #decimate}, times 4. */
  private static void assemble(
      float[] aRe,
      float[] aIm,
      float[] bRe,
      float[] bIm,
      float[] cRe,
      float[] cIm,
      float[] dRe,
      float[] dIm,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      float sumRe = aRe[i] + bRe[i];
      float sumIm = aIm[i] + bIm[i];
      float otherSumRe = aRe[i] - bRe[i];
      float otherSumIm = aIm[i] - bIm[i];
      float differenceRe = cRe[i] + dRe[i];
      float differenceIm = cIm[i] + dIm[i];
      float otherDifferenceRe = dIm[i] - cIm[i];
      float otherDifferenceIm = cRe[i] - dRe[i];
      aRe[i] = sumRe + differenceRe;
      aIm[i] = sumIm + differenceIm;
      bRe[i] = otherSumRe + otherDifferenceRe;
      bIm[i] = otherSumIm + otherDifferenceIm;
      cRe[i] = sumRe - differenceRe;
      cIm[i] = sumIm - differenceIm;
      dRe[i] = otherSumRe - otherDifferenceRe;
      dIm[i] = otherSumIm - otherDifferenceIm;
    }
  }

  private static void turn(float[] re, float[] im, float cos, float sin, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float x = re[i];
      float y = im[i];
      re[i] = x * cos - y * sin;
      im[i] = x * sin + y * cos;
    }
  }

  private void pairs(float[][] x, int lanes) {
    for (int k = 0; k < length; k += 2) {
      pair(x[k], x[k + 1], lanes);
    }
  }

  private static void pair(float[] a, float[] b, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float sum = a[i] + b[i];
      b[i] = a[i] - b[i];
      a[i] = sum;
    }
  }
}
