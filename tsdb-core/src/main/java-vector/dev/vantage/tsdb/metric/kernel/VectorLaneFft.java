package dev.vantage.tsdb.metric.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LaneFft} in vectors: number k of lane i is {@code work[k lanes + i] + j work[(length + k)
 * lanes + i]}. Few and small helper methods, as in {@link VectorTransform}.
 */
final class VectorLaneFft {
  private static final VectorSpecies<Float> SPECIES = VectorGroup.SPECIES;

  private static final int LANES = VectorGroup.WIDTH;

  private final int length;
  private final float[] roots;
  private final float[] work;

  /** Creates a transform of fixed scratch memory. */
  VectorLaneFft(LaneFft fft, float[] work) {
    length = fft.length();
    roots = fft.roots();
    this.work = work;
  }

  /** Transforms frequencies, in order, to times, in the order that {@link #forward} expects. */
  void inverse() {
    int block = length;
    for (; block > 4; block /= 4) {
      decimate(block);
    }
    if (block == 4) {
      fours();
    } else {
      pairs();
    }
  }

  /**
   * Transforms times, in the order in which {@link #inverse} leaves them, to frequencies, in order.
   */
  void forward() {
    int block = 1;
    if (Integer.numberOfTrailingZeros(length) % 2 == 1) {
      pairs();
      block = 2;
    }
    for (block *= 4; block <= length; block *= 4) {
      assemble(block);
    }
  }

  /** Runs a forward step with real and imaginary parts swapped, which makes it inverse. */
  private void decimate(int block) {
    float[] work = this.work;
    float[] roots = this.roots;
    int all = length * LANES;
    int quarter = block / 4 * LANES;
    int stride = 6 * (length / block);
    // One loop instead of nested ones: short loops cost as much as their bodies.
    for (int butterfly = 0; butterfly < length / 4; butterfly++) {
      int j = butterfly & (block / 4 - 1);
      int w = j * stride;
      int i = (4 * (butterfly - j) + j) * LANES;
      int r = i + all;
      FloatVector cos1 = broadcast(roots[w]);
      FloatVector sin1 = broadcast(roots[w + 1]);
      FloatVector cos2 = broadcast(roots[w + 2]);
      FloatVector sin2 = broadcast(roots[w + 3]);
      FloatVector cos3 = broadcast(roots[w + 4]);
      FloatVector sin3 = broadcast(roots[w + 5]);
      FloatVector re0 = load(work, r);
      FloatVector re1 = load(work, r + quarter);
      FloatVector re2 = load(work, r + 2 * quarter);
      FloatVector re3 = load(work, r + 3 * quarter);
      FloatVector im0 = load(work, i);
      FloatVector im1 = load(work, i + quarter);
      FloatVector im2 = load(work, i + 2 * quarter);
      FloatVector im3 = load(work, i + 3 * quarter);
      FloatVector sumRe = re0.add(re2);
      FloatVector sumIm = im0.add(im2);
      FloatVector differenceRe = re0.sub(re2);
      FloatVector differenceIm = im0.sub(im2);
      FloatVector otherSumRe = re1.add(re3);
      FloatVector otherSumIm = im1.add(im3);
      FloatVector otherDifferenceRe = re1.sub(re3);
      FloatVector otherDifferenceIm = im1.sub(im3);
      sumRe.add(otherSumRe).intoArray(work, r);
      sumIm.add(otherSumIm).intoArray(work, i);
      FloatVector yRe = sumRe.sub(otherSumRe);
      FloatVector yIm = sumIm.sub(otherSumIm);
      yRe.mul(cos2).sub(yIm.mul(sin2)).intoArray(work, r + quarter);
      yIm.fma(cos2, yRe.mul(sin2)).intoArray(work, i + quarter);
      yRe = differenceRe.add(otherDifferenceIm);
      yIm = differenceIm.sub(otherDifferenceRe);
      yRe.mul(cos1).sub(yIm.mul(sin1)).intoArray(work, r + 2 * quarter);
      yIm.fma(cos1, yRe.mul(sin1)).intoArray(work, i + 2 * quarter);
      yRe = differenceRe.sub(otherDifferenceIm);
      yIm = differenceIm.add(otherDifferenceRe);
      yRe.mul(cos3).sub(yIm.mul(sin3)).intoArray(work, r + 3 * quarter);
      yIm.fma(cos3, yRe.mul(sin3)).intoArray(work, i + 3 * quarter);
    }
  }

  /** The last step of the inverse, which needs no twiddle factors. */
  private void fours() {
    float[] work = this.work;
    int all = length * LANES;
    for (int i = 0; i < all; i += 4 * LANES) {
      int r = i + all;
      FloatVector re0 = load(work, r);
      FloatVector re1 = load(work, r + LANES);
      FloatVector re2 = load(work, r + 2 * LANES);
      FloatVector re3 = load(work, r + 3 * LANES);
      FloatVector im0 = load(work, i);
      FloatVector im1 = load(work, i + LANES);
      FloatVector im2 = load(work, i + 2 * LANES);
      FloatVector im3 = load(work, i + 3 * LANES);
      FloatVector sumRe = re0.add(re2);
      FloatVector sumIm = im0.add(im2);
      FloatVector differenceRe = re0.sub(re2);
      FloatVector differenceIm = im0.sub(im2);
      FloatVector otherSumRe = re1.add(re3);
      FloatVector otherSumIm = im1.add(im3);
      FloatVector otherDifferenceRe = re1.sub(re3);
      FloatVector otherDifferenceIm = im1.sub(im3);
      sumRe.add(otherSumRe).intoArray(work, r);
      sumIm.add(otherSumIm).intoArray(work, i);
      sumRe.sub(otherSumRe).intoArray(work, r + LANES);
      sumIm.sub(otherSumIm).intoArray(work, i + LANES);
      differenceRe.add(otherDifferenceIm).intoArray(work, r + 2 * LANES);
      differenceIm.sub(otherDifferenceRe).intoArray(work, i + 2 * LANES);
      differenceRe.sub(otherDifferenceIm).intoArray(work, r + 3 * LANES);
      differenceIm.add(otherDifferenceRe).intoArray(work, i + 3 * LANES);
    }
  }

  /** Computes the inverse of {@link #decimate}, times 4. */
  private void assemble(int block) {
    float[] work = this.work;
    float[] roots = this.roots;
    int all = length * LANES;
    int quarter = block / 4 * LANES;
    int stride = 6 * (length / block);
    // One loop instead of nested ones: short loops cost as much as their bodies.
    for (int butterfly = 0; butterfly < length / 4; butterfly++) {
      int j = butterfly & (block / 4 - 1);
      int w = j * stride;
      int i = (4 * (butterfly - j) + j) * LANES;
      int r = i + all;
      FloatVector cos1 = broadcast(roots[w]);
      FloatVector sin1 = broadcast(roots[w + 1]);
      FloatVector cos2 = broadcast(roots[w + 2]);
      FloatVector sin2 = broadcast(roots[w + 3]);
      FloatVector cos3 = broadcast(roots[w + 4]);
      FloatVector sin3 = broadcast(roots[w + 5]);
      FloatVector re0 = load(work, r);
      FloatVector im0 = load(work, i);
      FloatVector yRe = load(work, r + quarter);
      FloatVector yIm = load(work, i + quarter);
      FloatVector re1 = yIm.fma(sin2, yRe.mul(cos2));
      FloatVector im1 = yIm.mul(cos2).sub(yRe.mul(sin2));
      yRe = load(work, r + 2 * quarter);
      yIm = load(work, i + 2 * quarter);
      FloatVector re2 = yIm.fma(sin1, yRe.mul(cos1));
      FloatVector im2 = yIm.mul(cos1).sub(yRe.mul(sin1));
      yRe = load(work, r + 3 * quarter);
      yIm = load(work, i + 3 * quarter);
      FloatVector re3 = yIm.fma(sin3, yRe.mul(cos3));
      FloatVector im3 = yIm.mul(cos3).sub(yRe.mul(sin3));
      FloatVector sumRe = re0.add(re1);
      FloatVector sumIm = im0.add(im1);
      FloatVector otherSumRe = re0.sub(re1);
      FloatVector otherSumIm = im0.sub(im1);
      FloatVector differenceRe = re2.add(re3);
      FloatVector differenceIm = im2.add(im3);
      FloatVector otherDifferenceRe = im3.sub(im2);
      FloatVector otherDifferenceIm = re2.sub(re3);
      sumRe.add(differenceRe).intoArray(work, r);
      sumIm.add(differenceIm).intoArray(work, i);
      otherSumRe.add(otherDifferenceRe).intoArray(work, r + quarter);
      otherSumIm.add(otherDifferenceIm).intoArray(work, i + quarter);
      sumRe.sub(differenceRe).intoArray(work, r + 2 * quarter);
      sumIm.sub(differenceIm).intoArray(work, i + 2 * quarter);
      otherSumRe.sub(otherDifferenceRe).intoArray(work, r + 3 * quarter);
      otherSumIm.sub(otherDifferenceIm).intoArray(work, i + 3 * quarter);
    }
  }

  private void pairs() {
    float[] work = this.work;
    for (int i = 0; i < 2 * length * LANES; i += 2 * LANES) {
      FloatVector a = load(work, i);
      FloatVector b = load(work, i + LANES);
      a.add(b).intoArray(work, i);
      a.sub(b).intoArray(work, i + LANES);
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  private static FloatVector broadcast(float number) {
    return FloatVector.broadcast(SPECIES, number);
  }
}
