package dev.vantage.tsdb.metric.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** {@link KernelSum#over} after a {@link VectorTransform}. Not thread-safe. */
final class VectorKernelSum {
  private static final int LANES = VectorTransform.LANES;

  private final KernelSum kernelSum;
  private final double[] work;
  private final double[] partial = new double[8];

  /** Creates a sum over fixed scratch memory, 128 doubles or more. */
  VectorKernelSum(KernelSum kernelSum, double[] work) {
    this.kernelSum = kernelSum;
    this.work = work;
  }

  /** {@return the sum of the exponentials of the scratch memory, which is overwritten} */
  double sum() {
    polynomials();
    int remaining = kernelSum.squarings();
    for (; remaining >= 3; remaining -= 3) {
      eighthPowers();
    }
    for (; remaining > 0; remaining--) {
      squares();
    }
    add();
    return KernelSum.eight(partial, 0) * kernelSum.factor();
  }

  private void polynomials() {
    double[] work = this.work;
    DoubleVector c8 = all(kernelSum.coefficient(8));
    DoubleVector c7 = all(kernelSum.coefficient(7));
    DoubleVector c6 = all(kernelSum.coefficient(6));
    DoubleVector c5 = all(kernelSum.coefficient(5));
    DoubleVector c4 = all(kernelSum.coefficient(4));
    DoubleVector c3 = all(kernelSum.coefficient(3));
    DoubleVector c2 = all(kernelSum.coefficient(2));
    DoubleVector c1 = all(kernelSum.coefficient(1));
    DoubleVector one = all(1);
    for (int i = 0; i < work.length; i += LANES) {
      DoubleVector c = load(work, i);
      DoubleVector sum = c.fma(c8, c7);
      sum = sum.fma(c, c6);
      sum = sum.fma(c, c5);
      sum = sum.fma(c, c4);
      sum = sum.fma(c, c3);
      sum = sum.fma(c, c2);
      sum = sum.fma(c, c1);
      sum.fma(c, one).intoArray(work, i);
    }
  }

  /** Squares three times in one pass through memory. */
  private void eighthPowers() {
    double[] work = this.work;
    for (int i = 0; i < work.length; i += LANES) {
      DoubleVector power = load(work, i);
      power = power.mul(power);
      power = power.mul(power);
      power.mul(power).intoArray(work, i);
    }
  }

  private void squares() {
    double[] work = this.work;
    for (int i = 0; i < work.length; i += LANES) {
      DoubleVector power = load(work, i);
      power.mul(power).intoArray(work, i);
    }
  }

  /**
   * Adds the terms of each block: lane b of all vectors belongs to block b. Two loops, because the
   * compiler would not inline all the calls of one loop.
   */
  private void add() {
    double[] work = this.work;
    double[] partial = this.partial;
    for (int i = 0; i < work.length; i += 8 * LANES) {
      four(work, i).add(four(work, i + 4 * LANES)).intoArray(work, i);
    }
    Arrays.fill(partial, 0);
    int half = work.length / 2;
    for (int i = 0; i < half; i += 8 * LANES) {
      DoubleVector sum = load(work, i).add(load(work, i + half));
      int lane = i / 8 % 8;
      load(partial, lane).add(sum).intoArray(partial, lane);
    }
  }

  private static DoubleVector four(double[] array, int at) {
    DoubleVector a = load(array, at);
    DoubleVector b = load(array, at + LANES);
    DoubleVector c = load(array, at + 2 * LANES);
    DoubleVector d = load(array, at + 3 * LANES);
    return a.add(b).add(c.add(d));
  }

  private static DoubleVector load(double[] array, int at) {
    return DoubleVector.fromArray(VectorTransform.SPECIES, array, at);
  }

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(VectorTransform.SPECIES, value);
  }
}
