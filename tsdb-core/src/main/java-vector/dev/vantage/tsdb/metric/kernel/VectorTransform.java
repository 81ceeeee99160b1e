package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;
import dev.vantage.tsdb.fft.Stage;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The complex transform of the inverse real one, {@link RealFft#inverseUnordered} after its first
 * step, on vectors of 2, 4 or 8 doubles: the same operations on every element. All passes but the
 * transforms of 8 neighbors work on runs of neighbors. For these, blocks of 8 are transposed, one
 * per lane of a vector, so that a vector holds the same place of each block. They stay transposed:
 * value v of block b is at {@code (b - b % lanes) 8 + v lanes + b % lanes}.
 *
 * <p>Helper methods are few and small: a vector that is passed to a call that the compiler does not
 * inline becomes an object on the heap, and the compiler inlines a limited number of calls into one
 * method.
 */
final class VectorTransform {
  /** Vectors of the preferred width of this processor, at most 8 lanes. */
  static final VectorSpecies<Double> SPECIES =
      DoubleVector.SPECIES_PREFERRED.length() > 8
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;

  static final int LANES = SPECIES.length();

  private static final VectorShuffle<Long> SWAP_4 = swap(4);
  private static final VectorShuffle<Long> SWAP_2 = swap(2);
  private static final VectorShuffle<Long> SWAP_1 = swap(1);
  private static final LongVector HIGH_4 = high(4);
  private static final LongVector HIGH_2 = high(2);
  private static final LongVector HIGH_1 = high(1);
  private static final double ROOT_HALF = Math.sqrt(0.5);

  private final int half;
  private final Stage[] stages;
  private final double[] work;

  /**
   * Creates a transform of fixed scratch memory.
   *
   * @param fft of length 128 or more
   * @param work scratch memory of the same length, real parts before imaginary parts
   */
  VectorTransform(RealFft fft, double[] work) {
    half = fft.length() / 2;
    stages = fft.stages().toArray(Stage[]::new);
    this.work = work;
  }

  private static VectorShuffle<Long> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES.withLanes(long.class), lane -> (lane ^ distance) % LANES);
  }

  /** Returns a mask of the lanes whose number has a bit set. */
  private static LongVector high(int bit) {
    long[] bits = new long[LANES];
    Arrays.setAll(bits, lane -> (lane & bit) == 0 ? 0 : -1);
    return (LongVector) SPECIES.withLanes(long.class).fromArray(bits, 0);
  }

  /**
   * Transforms the scratch memory. Real and imaginary parts are swapped, which makes it inverse.
   */
  void run() {
    for (Stage stage : stages) {
      if (stage.radix() == 4) {
        quarters(stage);
      } else {
        halves(stage);
      }
    }
    for (int from = 0; from < 2 * half; from += 8 * LANES) {
      transpose(from);
    }
    for (int from = 0; from < half; from += 8 * LANES) {
      eights(from);
    }
  }

  /**
   * {@return the place at which {@link RealFft#inverseUnordered} leaves the value of a place here}
   */
  static int unorderedPlace(int place) {
    int within = place % (8 * LANES);
    return place - within + within % LANES * 8 + within / LANES;
  }

  private void halves(Stage stage) {
    double[] work = this.work;
    int half = this.half;
    int block = stage.block();
    int step = block / 2;
    double[] table = stage.twiddles();
    for (int j = 0; j < step; j += LANES) {
      DoubleVector wRe = load(table, j);
      DoubleVector wIm = load(table, step + j);
      DoubleVector negative = wIm.neg();
      for (int i = j; i < half; i += block) {
        int r = i + half;
        DoubleVector re0 = load(work, r);
        DoubleVector im0 = load(work, i);
        DoubleVector re1 = load(work, r + step);
        DoubleVector im1 = load(work, i + step);
        re0.add(re1).intoArray(work, r);
        im0.add(im1).intoArray(work, i);
        DoubleVector yRe = re0.sub(re1);
        DoubleVector yIm = im0.sub(im1);
        yIm.fma(negative, yRe.mul(wRe)).intoArray(work, r + step);
        yIm.fma(wRe, yRe.mul(wIm)).intoArray(work, i + step);
      }
    }
  }

  private void quarters(Stage stage) {
    double[] work = this.work;
    int half = this.half;
    int block = stage.block();
    int quarter = block / 4;
    double[] table = stage.twiddles();
    for (int j = 0; j < quarter; j += LANES) {
      DoubleVector wRe1 = load(table, j);
      DoubleVector wIm1 = load(table, quarter + j);
      DoubleVector wRe2 = load(table, 2 * quarter + j);
      DoubleVector wIm2 = load(table, 3 * quarter + j);
      DoubleVector wRe3 = load(table, 4 * quarter + j);
      DoubleVector wIm3 = load(table, 5 * quarter + j);
      DoubleVector negative1 = wIm1.neg();
      DoubleVector negative2 = wIm2.neg();
      DoubleVector negative3 = wIm3.neg();
      for (int i = j; i < half; i += block) {
        int r = i + half;
        DoubleVector re0 = load(work, r);
        DoubleVector re1 = load(work, r + quarter);
        DoubleVector re2 = load(work, r + 2 * quarter);
        DoubleVector re3 = load(work, r + 3 * quarter);
        DoubleVector im0 = load(work, i);
        DoubleVector im1 = load(work, i + quarter);
        DoubleVector im2 = load(work, i + 2 * quarter);
        DoubleVector im3 = load(work, i + 3 * quarter);
        DoubleVector sumRe = re0.add(re2);
        DoubleVector sumIm = im0.add(im2);
        DoubleVector differenceRe = re0.sub(re2);
        DoubleVector differenceIm = im0.sub(im2);
        DoubleVector otherSumRe = re1.add(re3);
        DoubleVector otherSumIm = im1.add(im3);
        DoubleVector otherDifferenceRe = re1.sub(re3);
        DoubleVector otherDifferenceIm = im1.sub(im3);
        sumRe.add(otherSumRe).intoArray(work, r);
        sumIm.add(otherSumIm).intoArray(work, i);
        DoubleVector yRe = sumRe.sub(otherSumRe);
        DoubleVector yIm = sumIm.sub(otherSumIm);
        yIm.fma(negative2, yRe.mul(wRe2)).intoArray(work, r + quarter);
        yIm.fma(wRe2, yRe.mul(wIm2)).intoArray(work, i + quarter);
        yRe = differenceRe.add(otherDifferenceIm);
        yIm = differenceIm.sub(otherDifferenceRe);
        yIm.fma(negative1, yRe.mul(wRe1)).intoArray(work, r + 2 * quarter);
        yIm.fma(wRe1, yRe.mul(wIm1)).intoArray(work, i + 2 * quarter);
        yRe = differenceRe.sub(otherDifferenceIm);
        yIm = differenceIm.add(otherDifferenceRe);
        yIm.fma(negative3, yRe.mul(wRe3)).intoArray(work, r + 3 * quarter);
        yIm.fma(wRe3, yRe.mul(wIm3)).intoArray(work, i + 3 * quarter);
      }
    }
  }

  /**
   * Transposes as many blocks as there are lanes, {@code LANES} by {@code LANES}: exchanges halves
   * of pairs of vectors, then quarters, then eighths. Bit operations, because blends by a mask cost
   * twice as much on Java 17.
   */
  private void transpose(int from) {
    double[] work = this.work;
    LongVector a0 = load(work, from).reinterpretAsLongs();
    LongVector a1 = load(work, from + 1 % LANES * 8 + 1 / LANES * LANES).reinterpretAsLongs();
    LongVector a2 = load(work, from + 2 % LANES * 8 + 2 / LANES * LANES).reinterpretAsLongs();
    LongVector a3 = load(work, from + 3 % LANES * 8 + 3 / LANES * LANES).reinterpretAsLongs();
    LongVector a4 = load(work, from + 4 % LANES * 8 + 4 / LANES * LANES).reinterpretAsLongs();
    LongVector a5 = load(work, from + 5 % LANES * 8 + 5 / LANES * LANES).reinterpretAsLongs();
    LongVector a6 = load(work, from + 6 % LANES * 8 + 6 / LANES * LANES).reinterpretAsLongs();
    LongVector a7 = load(work, from + 7 % LANES * 8 + 7 / LANES * LANES).reinterpretAsLongs();
    // Complements are computed here, because the compiler then makes one instruction of a choice by
    // a mask and its complement.
    LongVector low4 = HIGH_4.not();
    LongVector low2 = HIGH_2.not();
    LongVector low1 = HIGH_1.not();
    LongVector t;
    if (LANES > 4) {
      t = a0.and(low4).or(a4.rearrange(SWAP_4).and(HIGH_4));
      a4 = a0.rearrange(SWAP_4).and(low4).or(a4.and(HIGH_4));
      a0 = t;
      t = a1.and(low4).or(a5.rearrange(SWAP_4).and(HIGH_4));
      a5 = a1.rearrange(SWAP_4).and(low4).or(a5.and(HIGH_4));
      a1 = t;
      t = a2.and(low4).or(a6.rearrange(SWAP_4).and(HIGH_4));
      a6 = a2.rearrange(SWAP_4).and(low4).or(a6.and(HIGH_4));
      a2 = t;
      t = a3.and(low4).or(a7.rearrange(SWAP_4).and(HIGH_4));
      a7 = a3.rearrange(SWAP_4).and(low4).or(a7.and(HIGH_4));
      a3 = t;
    }
    if (LANES > 2) {
      t = a0.and(low2).or(a2.rearrange(SWAP_2).and(HIGH_2));
      a2 = a0.rearrange(SWAP_2).and(low2).or(a2.and(HIGH_2));
      a0 = t;
      t = a1.and(low2).or(a3.rearrange(SWAP_2).and(HIGH_2));
      a3 = a1.rearrange(SWAP_2).and(low2).or(a3.and(HIGH_2));
      a1 = t;
      t = a4.and(low2).or(a6.rearrange(SWAP_2).and(HIGH_2));
      a6 = a4.rearrange(SWAP_2).and(low2).or(a6.and(HIGH_2));
      a4 = t;
      t = a5.and(low2).or(a7.rearrange(SWAP_2).and(HIGH_2));
      a7 = a5.rearrange(SWAP_2).and(low2).or(a7.and(HIGH_2));
      a5 = t;
    }
    t = a0.and(low1).or(a1.rearrange(SWAP_1).and(HIGH_1));
    a1 = a0.rearrange(SWAP_1).and(low1).or(a1.and(HIGH_1));
    a0 = t;
    t = a2.and(low1).or(a3.rearrange(SWAP_1).and(HIGH_1));
    a3 = a2.rearrange(SWAP_1).and(low1).or(a3.and(HIGH_1));
    a2 = t;
    t = a4.and(low1).or(a5.rearrange(SWAP_1).and(HIGH_1));
    a5 = a4.rearrange(SWAP_1).and(low1).or(a5.and(HIGH_1));
    a4 = t;
    t = a6.and(low1).or(a7.rearrange(SWAP_1).and(HIGH_1));
    a7 = a6.rearrange(SWAP_1).and(low1).or(a7.and(HIGH_1));
    a6 = t;
    a0.reinterpretAsDoubles().intoArray(work, from);
    a1.reinterpretAsDoubles().intoArray(work, from + LANES);
    a2.reinterpretAsDoubles().intoArray(work, from + 2 * LANES);
    a3.reinterpretAsDoubles().intoArray(work, from + 3 * LANES);
    a4.reinterpretAsDoubles().intoArray(work, from + 4 * LANES);
    a5.reinterpretAsDoubles().intoArray(work, from + 5 * LANES);
    a6.reinterpretAsDoubles().intoArray(work, from + 6 * LANES);
    a7.reinterpretAsDoubles().intoArray(work, from + 7 * LANES);
  }

  /** Computes transforms of 8 values, one per lane. */
  private void eights(int i) {
    double[] work = this.work;
    int r = i + half;
    DoubleVector a;
    DoubleVector b;
    a = load(work, r);
    b = load(work, r + 4 * LANES);
    final DoubleVector sumRe0 = a.add(b);
    final DoubleVector re0 = a.sub(b);
    a = load(work, r + LANES);
    b = load(work, r + 5 * LANES);
    final DoubleVector sumRe1 = a.add(b);
    final DoubleVector re1 = a.sub(b);
    a = load(work, r + 2 * LANES);
    b = load(work, r + 6 * LANES);
    final DoubleVector sumRe2 = a.add(b);
    final DoubleVector im2 = b.sub(a);
    a = load(work, r + 3 * LANES);
    b = load(work, r + 7 * LANES);
    final DoubleVector sumRe3 = a.add(b);
    final DoubleVector re3 = a.sub(b);
    a = load(work, i);
    b = load(work, i + 4 * LANES);
    final DoubleVector sumIm0 = a.add(b);
    final DoubleVector im0 = a.sub(b);
    a = load(work, i + LANES);
    b = load(work, i + 5 * LANES);
    final DoubleVector sumIm1 = a.add(b);
    final DoubleVector im1 = a.sub(b);
    a = load(work, i + 2 * LANES);
    b = load(work, i + 6 * LANES);
    final DoubleVector sumIm2 = a.add(b);
    final DoubleVector re2 = a.sub(b);
    a = load(work, i + 3 * LANES);
    b = load(work, i + 7 * LANES);
    final DoubleVector sumIm3 = a.add(b);
    final DoubleVector im3 = a.sub(b);
    DoubleVector turnedRe1 = re1.add(im1).mul(ROOT_HALF);
    DoubleVector turnedIm1 = im1.sub(re1).mul(ROOT_HALF);
    DoubleVector turnedRe3 = im3.sub(re3).mul(ROOT_HALF);
    DoubleVector negativeIm3 = re3.add(im3).mul(ROOT_HALF);
    a = sumRe0.add(sumRe2);
    b = sumRe1.add(sumRe3);
    a.add(b).intoArray(work, r);
    a.sub(b).intoArray(work, r + LANES);
    a = sumRe0.sub(sumRe2);
    b = sumIm1.sub(sumIm3);
    a.add(b).intoArray(work, r + 2 * LANES);
    a.sub(b).intoArray(work, r + 3 * LANES);
    a = sumIm0.add(sumIm2);
    b = sumIm1.add(sumIm3);
    a.add(b).intoArray(work, i);
    a.sub(b).intoArray(work, i + LANES);
    a = sumIm0.sub(sumIm2);
    b = sumRe3.sub(sumRe1);
    a.add(b).intoArray(work, i + 2 * LANES);
    a.sub(b).intoArray(work, i + 3 * LANES);
    a = re0.add(re2);
    b = turnedRe1.add(turnedRe3);
    a.add(b).intoArray(work, r + 4 * LANES);
    a.sub(b).intoArray(work, r + 5 * LANES);
    a = re0.sub(re2);
    b = turnedIm1.add(negativeIm3);
    a.add(b).intoArray(work, r + 6 * LANES);
    a.sub(b).intoArray(work, r + 7 * LANES);
    a = im0.add(im2);
    b = turnedIm1.sub(negativeIm3);
    a.add(b).intoArray(work, i + 4 * LANES);
    a.sub(b).intoArray(work, i + 5 * LANES);
    a = im0.sub(im2);
    b = turnedRe3.sub(turnedRe1);
    a.add(b).intoArray(work, i + 6 * LANES);
    a.sub(b).intoArray(work, i + 7 * LANES);
  }

  private static DoubleVector load(double[] array, int at) {
    return DoubleVector.fromArray(SPECIES, array, at);
  }
}
