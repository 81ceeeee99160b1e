package dev.vantage.tsdb.metric.kernel;

import static dev.vantage.tsdb.metric.kernel.VectorGroup.WIDTH;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.all;
import static dev.vantage.tsdb.metric.kernel.VectorGroup.load;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The computations of {@link VectorLowPass} at the 32 places of the first level, which is applied
 * to most series. Not thread-safe.
 *
 * <p>With {@code E(t)} the even frequencies of l and {@code O(t)} the odd ones, {@code l(t) = E(t)
 * + O(t)} and {@code l(t + 16) = E(t) - O(t)}. The cosines of odd frequencies, C, and the sines, S,
 * are needed for t up to 8 only: {@code O(t) = S(t) + C(t)}, {@code O(16 - t) = S(t) - C(t)}. The
 * same applies to E with half of all numbers.
 */
final class Vector32Places {
  private static final float C1 = cos(1);
  private static final float C2 = cos(2);
  private static final float C3 = cos(3);
  private static final float C4 = cos(4);
  private static final float C5 = cos(5);
  private static final float C6 = cos(6);
  private static final float C7 = cos(7);

  private final LowPassGrid grid;
  private final VectorGroup group;
  private final float[] even = new float[16 * WIDTH];
  private final float[] odd = new float[16 * WIDTH];

  Vector32Places(LowPassGrid grid, VectorGroup group) {
    if (grid.places != 32) {
      throw new IllegalArgumentException("grid must have 32 places: places=" + grid.places);
    }
    this.grid = grid;
    this.group = group;
  }

  /** Returns the cosine of 2 pi k / 32. */
  private static float cos(int k) {
    return (float) Math.cos(Math.PI * k / 16);
  }

  List<VectorStep> steps() {
    return List.of(
        (sketches, stride, from) -> evenFrequencies(),
        (sketches, stride, from) -> oddFrequenciesAtOddPlaces(),
        (sketches, stride, from) -> oddFrequenciesAtEvenPlaces(),
        (sketches, stride, from) -> sumExponentials());
  }

  private void evenFrequencies() {
    float[] into = even;
    FloatVector a2 = re(2);
    FloatVector b2 = im(2);
    FloatVector a4 = re(4);
    FloatVector b4 = im(4);
    FloatVector a6 = re(6);
    FloatVector b6 = im(6);
    FloatVector a8 = re(8);
    FloatVector b8 = im(8);
    FloatVector c2 = all(C2);
    FloatVector c4 = all(C4);
    FloatVector c6 = all(C6);
    FloatVector o = a2.add(a6);
    FloatVector e = a4.add(a8);
    e.add(o).intoArray(into, 0);
    e.sub(o).intoArray(into, 8 * WIDTH);
    o = b2.sub(b6);
    e = a8.sub(a4);
    e.add(o).intoArray(into, 4 * WIDTH);
    e.sub(o).intoArray(into, 12 * WIDTH);
    // Frequencies 2 and 6 at places 2 and 6.
    FloatVector c = a2.sub(a6).mul(c4);
    FloatVector s = b2.add(b6).mul(c4);
    o = s.add(c);
    e = b4.sub(a8);
    e.add(o).intoArray(into, 2 * WIDTH);
    e.sub(o).intoArray(into, 10 * WIDTH);
    o = s.sub(c);
    e = b4.add(a8);
    o.sub(e).intoArray(into, 6 * WIDTH);
    e.add(o).neg().intoArray(into, 14 * WIDTH);
    // At places 1 and 7.
    c = a2.mul(c2).add(a6.mul(c6));
    s = b2.mul(c6).add(b6.mul(c2));
    o = s.add(c);
    FloatVector e1 = a4.add(b4).mul(c4);
    FloatVector e3 = b4.sub(a4).mul(c4);
    e = e1.add(b8);
    e.add(o).intoArray(into, WIDTH);
    e.sub(o).intoArray(into, 9 * WIDTH);
    o = s.sub(c);
    e = e3.add(b8);
    o.sub(e).intoArray(into, 7 * WIDTH);
    e.add(o).neg().intoArray(into, 15 * WIDTH);
    // At places 3 and 5.
    c = a2.mul(c6).sub(a6.mul(c2));
    s = b2.mul(c2).sub(b6.mul(c6));
    o = s.add(c);
    e = e3.sub(b8);
    e.add(o).intoArray(into, 3 * WIDTH);
    e.sub(o).intoArray(into, 11 * WIDTH);
    o = s.sub(c);
    e = b8.sub(e1);
    e.add(o).intoArray(into, 5 * WIDTH);
    e.sub(o).intoArray(into, 13 * WIDTH);
  }

  private void oddFrequenciesAtOddPlaces() {
    float[] into = odd;
    FloatVector c1 = all(C1);
    FloatVector c3 = all(C3);
    FloatVector c5 = all(C5);
    FloatVector c7 = all(C7);
    FloatVector a1 = re(1);
    FloatVector a3 = re(3);
    FloatVector a5 = re(5);
    FloatVector a7 = re(7);
    FloatVector b1 = im(1);
    FloatVector b3 = im(3);
    FloatVector b5 = im(5);
    FloatVector b7 = im(7);
    FloatVector c = a7.fma(c7, a5.fma(c5, a3.fma(c3, a1.mul(c1))));
    FloatVector s = b7.fma(c1, b5.fma(c3, b3.fma(c5, b1.mul(c7))));
    s.add(c).intoArray(into, WIDTH);
    s.sub(c).intoArray(into, 15 * WIDTH);
    c = a1.mul(c3).sub(a7.fma(c5, a5.fma(c1, a3.mul(c7))));
    s = b5.fma(c7, b3.fma(c1, b1.mul(c5))).sub(b7.mul(c3));
    s.add(c).intoArray(into, 3 * WIDTH);
    s.sub(c).intoArray(into, 13 * WIDTH);
    c = a7.fma(c3, a5.fma(c7, a1.mul(c5))).sub(a3.mul(c1));
    s = b7.fma(c5, b3.fma(c7, b1.mul(c3))).sub(b5.mul(c1));
    s.add(c).intoArray(into, 5 * WIDTH);
    s.sub(c).intoArray(into, 11 * WIDTH);
    c = a5.fma(c3, a1.mul(c7)).sub(a7.fma(c1, a3.mul(c5)));
    s = b5.fma(c5, b1.mul(c1)).sub(b7.fma(c7, b3.mul(c3)));
    s.add(c).intoArray(into, 7 * WIDTH);
    s.sub(c).intoArray(into, 9 * WIDTH);
  }

  private void oddFrequenciesAtEvenPlaces() {
    float[] into = odd;
    FloatVector c2 = all(C2);
    FloatVector c4 = all(C4);
    FloatVector c6 = all(C6);
    FloatVector a1 = re(1);
    FloatVector a3 = re(3);
    FloatVector a5 = re(5);
    FloatVector a7 = re(7);
    FloatVector b1 = im(1);
    FloatVector b3 = im(3);
    FloatVector b5 = im(5);
    FloatVector b7 = im(7);
    a1.add(a7).add(a3.add(a5)).intoArray(into, 0);
    b1.sub(b7).add(b5.sub(b3)).intoArray(into, 8 * WIDTH);
    FloatVector c = a1.add(a7).sub(a3.add(a5)).mul(c4);
    FloatVector s = b1.sub(b7).sub(b5.sub(b3)).mul(c4);
    s.add(c).intoArray(into, 4 * WIDTH);
    s.sub(c).intoArray(into, 12 * WIDTH);
    a1 = a1.sub(a7);
    a3 = a3.sub(a5);
    b1 = b1.add(b7);
    b3 = b3.add(b5);
    c = a3.fma(c6, a1.mul(c2));
    s = b3.fma(c2, b1.mul(c6));
    s.add(c).intoArray(into, 2 * WIDTH);
    s.sub(c).intoArray(into, 14 * WIDTH);
    c = a1.mul(c6).sub(a3.mul(c2));
    s = b1.mul(c2).sub(b3.mul(c6));
    s.add(c).intoArray(into, 6 * WIDTH);
    s.sub(c).intoArray(into, 10 * WIDTH);
  }

  /**
   * Computes the means of exp(g (l - 1)), of its square and of its product with l, and its maximum.
   */
  private void sumExponentials() {
    float[] even = this.even;
    float[] odd = this.odd;
    LanePower power = grid.power;
    int squarings = power.squarings();
    final FloatVector each = all(1f / grid.places);
    FloatVector c5 = all(power.coefficient(5));
    FloatVector c4 = all(power.coefficient(4));
    FloatVector c3 = all(power.coefficient(3));
    FloatVector c2 = all(power.coefficient(2));
    FloatVector c1 = all(power.coefficient(1));
    FloatVector c0 = all(power.coefficient(0));
    IntVector least = all(power.least()).reinterpretAsInts();
    FloatVector sum = all(0);
    FloatVector squares = all(0);
    FloatVector products = all(0);
    IntVector most = all(0).reinterpretAsInts();
    for (int t = 0; t < even.length; t += 2 * WIDTH) {
      FloatVector even0 = load(even, t);
      FloatVector even1 = load(even, t + WIDTH);
      FloatVector odd0 = load(odd, t);
      FloatVector odd1 = load(odd, t + WIDTH);
      final FloatVector l0 = even0.add(odd0);
      final FloatVector l1 = even1.add(odd1);
      final FloatVector l2 = even0.sub(odd0);
      final FloatVector l3 = even1.sub(odd1);
      FloatVector e0 = c5.fma(l0, c4).fma(l0, c3).fma(l0, c2).fma(l0, c1).fma(l0, c0);
      FloatVector e1 = c5.fma(l1, c4).fma(l1, c3).fma(l1, c2).fma(l1, c1).fma(l1, c0);
      FloatVector e2 = c5.fma(l2, c4).fma(l2, c3).fma(l2, c2).fma(l2, c1).fma(l2, c0);
      FloatVector e3 = c5.fma(l3, c4).fma(l3, c3).fma(l3, c2).fma(l3, c1).fma(l3, c0);
      e0 = e0.reinterpretAsInts().max(least).reinterpretAsFloats();
      e1 = e1.reinterpretAsInts().max(least).reinterpretAsFloats();
      e2 = e2.reinterpretAsInts().max(least).reinterpretAsFloats();
      e3 = e3.reinterpretAsInts().max(least).reinterpretAsFloats();
      e0 = e0.mul(e0);
      e1 = e1.mul(e1);
      e2 = e2.mul(e2);
      e3 = e3.mul(e3);
      e0 = e0.mul(e0);
      e1 = e1.mul(e1);
      e2 = e2.mul(e2);
      e3 = e3.mul(e3);
      for (int s = LanePower.FIRST_SQUARINGS; s < squarings; s++) {
        e0 = e0.mul(e0);
        e1 = e1.mul(e1);
        e2 = e2.mul(e2);
        e3 = e3.mul(e3);
      }
      sum = sum.add(e0).add(e1).add(e2).add(e3);
      squares = e3.fma(e3, e2.fma(e2, e1.fma(e1, e0.fma(e0, squares))));
      products = e3.fma(l3, e2.fma(l2, e1.fma(l1, e0.fma(l0, products))));
      most = most.max(e0.reinterpretAsInts()).max(e1.reinterpretAsInts());
      most = most.max(e2.reinterpretAsInts()).max(e3.reinterpretAsInts());
    }
    sum.mul(each).intoArray(group.mean, 0);
    squares.mul(each).intoArray(group.square, 0);
    products.mul(each).intoArray(group.withLow, 0);
    most.reinterpretAsFloats().intoArray(group.greatest, 0);
  }

  private FloatVector re(int f) {
    return load(group.spectrum, f * WIDTH);
  }

  private FloatVector im(int f) {
    return load(group.spectrum, (9 + f) * WIDTH);
  }
}
