package dev.vantage.tsdb.fft;

import java.util.ArrayList;
import java.util.List;

/**
 * The discrete Fourier transform of a complex series, {@code Z[k] = sum_t z[t] exp(-2 pi i k t /
 * N)}, in place, in natural order, out in bit-reversed order. Decimation in frequency: two radix-2
 * stages at a time (Cooley, Tukey, 1965, doi:10.1090/S0025-5718-1965-0178586-1; the radix-4 pairing
 * of Gentleman, Sande, 1966, doi:10.1145/1464291.1464352). No pass over the data is needed to
 * reorder it. The last three stages are transforms of blocks of 8 neighbors; all stages before them
 * combine runs of at least 8 neighbors, which suits vector instructions.
 *
 * <p>The operations and their order are part of the contract: a kernel that applies them to several
 * elements at once gets the same bits. Immutable.
 */
final class ComplexFft {
  private static final double ROOT_HALF = Math.sqrt(0.5);

  private final int length;
  private final List<Stage> stages;

  /** Creates a transform for a length of 4 or more, a power of two. */
  ComplexFft(int length) {
    this.length = length;
    List<Stage> passes = new ArrayList<>();
    int block = length;
    if (Integer.numberOfTrailingZeros(length) % 2 == 0 && length > 4) {
      passes.add(Stage.of(2, block));
      block /= 2;
    }
    for (; block >= 32 || block == 4; block /= 4) {
      passes.add(Stage.of(4, block));
    }
    stages = List.copyOf(passes);
  }

  /** Returns the passes before the transforms of blocks of 8; for 4 elements, the only pass. */
  List<Stage> stages() {
    return stages;
  }

  /**
   * Transforms in place. The inverse, times N, is the same with real and imaginary parts swapped.
   *
   * @param re real parts, from {@code reOffset}
   * @param im imaginary parts, from {@code imOffset}; may be the same array
   */
  void transform(double[] re, int reOffset, double[] im, int imOffset) {
    for (Stage stage : stages) {
      for (int start = 0; start < length; start += stage.block()) {
        if (stage.radix() == 4) {
          quarters(re, reOffset + start, im, imOffset + start, stage);
        } else {
          halves(re, reOffset + start, im, imOffset + start, stage);
        }
      }
    }
    if (length >= 8) {
      for (int start = 0; start < length; start += 8) {
        eight(re, reOffset + start, im, imOffset + start);
      }
    }
  }

  private static void halves(double[] re, int r, double[] im, int i, Stage stage) {
    int half = stage.block() / 2;
    double[] table = stage.twiddles();
    for (int j = 0; j < half; j++) {
      int r0 = r + j;
      int r1 = r0 + half;
      int i0 = i + j;
      int i1 = i0 + half;
      double wRe = table[j];
      double wIm = table[half + j];
      double yRe = re[r0] - re[r1];
      double yIm = im[i0] - im[i1];
      re[r0] = re[r0] + re[r1];
      im[i0] = im[i0] + im[i1];
      re[r1] = Math.fma(yIm, -wIm, yRe * wRe);
      im[i1] = Math.fma(yIm, wRe, yRe * wIm);
    }
  }

  private static void quarters(double[] re, int r, double[] im, int i, Stage stage) {
    int quarter = stage.block() / 4;
    double[] table = stage.twiddles();
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
      double wRe = table[2 * quarter + j];
      double wIm = table[3 * quarter + j];
      double yRe = sumRe - otherSumRe;
      double yIm = sumIm - otherSumIm;
      re[r1] = Math.fma(yIm, -wIm, yRe * wRe);
      im[i1] = Math.fma(yIm, wRe, yRe * wIm);
      wRe = table[j];
      wIm = table[quarter + j];
      yRe = differenceRe + otherDifferenceIm;
      yIm = differenceIm - otherDifferenceRe;
      re[r2] = Math.fma(yIm, -wIm, yRe * wRe);
      im[i2] = Math.fma(yIm, wRe, yRe * wIm);
      wRe = table[4 * quarter + j];
      wIm = table[5 * quarter + j];
      yRe = differenceRe - otherDifferenceIm;
      yIm = differenceIm + otherDifferenceRe;
      re[r3] = Math.fma(yIm, -wIm, yRe * wRe);
      im[i3] = Math.fma(yIm, wRe, yRe * wIm);
    }
  }

  /** Transforms 8 neighbors: a radix-2 pass, then a transform of four neighbors for each half. */
  private static void eight(double[] re, int r, double[] im, int i) {
    double re0 = re[r] - re[r + 4];
    double im0 = im[i] - im[i + 4];
    double re1 = re[r + 1] - re[r + 5];
    double im1 = im[i + 1] - im[i + 5];
    // Multiplication by -i maps re + i im to im - i re.
    double re2 = im[i + 2] - im[i + 6];
    double im2 = re[r + 6] - re[r + 2];
    double re3 = re[r + 3] - re[r + 7];
    double im3 = im[i + 3] - im[i + 7];
    double turnedRe1 = (re1 + im1) * ROOT_HALF;
    double turnedIm1 = (im1 - re1) * ROOT_HALF;
    double turnedRe3 = (im3 - re3) * ROOT_HALF;
    double negativeIm3 = (re3 + im3) * ROOT_HALF;
    double sumRe0 = re[r] + re[r + 4];
    double sumIm0 = im[i] + im[i + 4];
    double sumRe1 = re[r + 1] + re[r + 5];
    double sumIm1 = im[i + 1] + im[i + 5];
    double sumRe2 = re[r + 2] + re[r + 6];
    double sumIm2 = im[i + 2] + im[i + 6];
    double sumRe3 = re[r + 3] + re[r + 7];
    double sumIm3 = im[i + 3] + im[i + 7];
    four(re, r, sumRe0 + sumRe2, sumRe1 + sumRe3, sumRe0 - sumRe2, sumIm1 - sumIm3);
    four(im, i, sumIm0 + sumIm2, sumIm1 + sumIm3, sumIm0 - sumIm2, sumRe3 - sumRe1);
    four(re, r + 4, re0 + re2, turnedRe1 + turnedRe3, re0 - re2, turnedIm1 + negativeIm3);
    four(im, i + 4, im0 + im2, turnedIm1 - negativeIm3, im0 - im2, turnedRe3 - turnedRe1);
  }

  /** The last pass over four neighbors, for real or imaginary parts. */
  private static void four(
      double[] out, int at, double sum, double otherSum, double difference, double turned) {
    out[at] = sum + otherSum;
    out[at + 1] = sum - otherSum;
    out[at + 2] = difference + turned;
    out[at + 3] = difference - turned;
  }
}
