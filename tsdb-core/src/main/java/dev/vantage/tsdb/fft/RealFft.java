package dev.vantage.tsdb.fft;

import java.util.List;

/**
 * The discrete Fourier transform of a real series of {@code n} values, and its inverse. Immutable.
 * Scratch memory belongs to the caller.
 *
 * <p>Sign and scale: {@code X[f] = sum_t x[t] exp(-2 pi i f t / n)}; the inverse here is {@code
 * x[t] = sum_f X[f] exp(2 pi i f t / n)}, without the factor {@code 1/n}.
 *
 * <p>Layout of a spectrum, {@code n} doubles: {@code [0 .. n/2)} holds the real parts of
 * frequencies 0 to n/2 - 1; {@code [n/2 .. n)} their imaginary parts, except that the first of
 * them, which belongs to frequency 0 and is zero, is the (real) value at frequency n/2 instead.
 *
 * <p>Cost: {@code O(n log n)}. A real series of length n is transformed as a complex one of length
 * n/2 (Sorensen, Jones, Heideman, Burrus, "Real-valued fast Fourier transform algorithms", 1987,
 * doi:10.1109/TASSP.1987.1165220).
 */
public final class RealFft {
  private final int length;
  private final int half;
  private final ComplexFft complex;
  private final int[] reversed;
  private final double[] rootCos;
  private final double[] rootSin;

  /**
   * Prepares the tables for one length.
   *
   * @param length values per series, a power of two, at least 8
   * @throws IllegalArgumentException if the length is not a power of two or is below 8
   */
  public RealFft(int length) {
    if (length < 8 || Integer.bitCount(length) != 1) {
      throw new IllegalArgumentException(
          "length must be a power of two and at least 8: length=" + length);
    }
    this.length = length;
    half = length / 2;
    complex = new ComplexFft(half);
    reversed = bitReversal(half);
    rootCos = new double[half];
    rootSin = new double[half];
    for (int k = 0; k < half; k++) {
      rootCos[k] = UnitRoots.cos(k, length);
      rootSin[k] = UnitRoots.sin(k, length);
    }
  }

  private static int[] bitReversal(int size) {
    int[] reversed = new int[size];
    int shift = 32 - Integer.numberOfTrailingZeros(size);
    for (int k = 0; k < size; k++) {
      reversed[k] = Integer.reverse(k) >>> shift;
    }
    return reversed;
  }

  /** {@return the number of values per series} */
  public int length() {
    return length;
  }

  /**
   * Transforms a series.
   *
   * @param samples {@code n} values
   * @param spectrum receives the spectrum
   * @param offset its first index there
   */
  public void forward(double[] samples, double[] spectrum, int offset) {
    double[] work = new double[length];
    for (int t = 0; t < half; t++) {
      work[t] = samples[2 * t];
      work[half + t] = samples[2 * t + 1];
    }
    complex.transform(work, 0, work, half);
    spectrum[offset] = work[0] + work[half];
    spectrum[offset + half] = work[0] - work[half];
    for (int k = 1; k < half; k++) {
      int slot = reversed[k];
      int mirror = reversed[half - k];
      double evenRe = (work[slot] + work[mirror]) / 2;
      double evenIm = (work[half + slot] - work[half + mirror]) / 2;
      double oddRe = (work[half + slot] + work[half + mirror]) / 2;
      double oddIm = (work[mirror] - work[slot]) / 2;
      spectrum[offset + k] = evenRe + oddRe * rootCos[k] + oddIm * rootSin[k];
      spectrum[offset + half + k] = evenIm + oddIm * rootCos[k] - oddRe * rootSin[k];
    }
  }

  /**
   * Transforms a spectrum back in place, leaving the values in the order that {@link #sampleAt}
   * gives. Sufficient for sums over the values. Allocates nothing.
   *
   * @param work the spectrum, {@code n} doubles from index 0; then the values
   */
  public void inverseUnordered(double[] work) {
    double first = work[0];
    double last = work[half];
    work[0] = first + last;
    work[half] = first - last;
    for (int k = 1; k <= half / 2; k++) {
      combine(work, k, half - k);
    }
    // A forward transform with real and imaginary parts swapped is the inverse transform.
    complex.transform(work, half, work, 0);
  }

  /**
   * Converts frequencies k and half - k of the real series to frequencies of the complex series.
   */
  private void combine(double[] work, int k, int mirror) {
    double re = work[k];
    double im = work[half + k];
    double mirrorRe = work[mirror];
    double mirrorIm = work[half + mirror];
    double evenRe = re + mirrorRe;
    double evenIm = im - mirrorIm;
    double differenceRe = re - mirrorRe;
    double differenceIm = im + mirrorIm;
    double cos = rootCos[k];
    double sin = rootSin[k];
    double oddRe = Math.fma(differenceIm, -sin, differenceRe * cos);
    double oddIm = Math.fma(differenceIm, cos, differenceRe * sin);
    work[k] = evenRe - oddIm;
    work[half + k] = evenIm + oddRe;
    work[mirror] = evenRe + oddIm;
    work[half + mirror] = oddRe - evenIm;
  }

  /** {@return the passes of the complex transform of half the length, without blocks of 8} */
  public List<Stage> stages() {
    return complex.stages();
  }

  /** {@return cos(2 pi k / n) for k from 0 to n/2 - 1; shared, must not be written} */
  public double[] rootCos() {
    return rootCos;
  }

  /** {@return sin(2 pi k / n) for k from 0 to n/2 - 1; shared, must not be written} */
  public double[] rootSin() {
    return rootSin;
  }

  /**
   * Returns which value {@link #inverseUnordered} leaves at a place.
   *
   * @param slot the place, 0 to n - 1
   * @return the index t of the value x[t] at that place
   */
  public int sampleAt(int slot) {
    return slot < half ? 2 * reversed[slot] : 2 * reversed[slot - half] + 1;
  }
}
