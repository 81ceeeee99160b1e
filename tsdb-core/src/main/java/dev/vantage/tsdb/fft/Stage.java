package dev.vantage.tsdb.fft;

/**
 * One pass of a transform by decimation in frequency: butterflies within blocks of the data.
 * Immutable.
 *
 * @param radix how many elements a butterfly combines, 2 or 4
 * @param block the size of a block, a multiple of 8 times the radix unless it is the last of a
 *     short transform
 * @param twiddles with {@code w = exp(-2 pi i / block)}, {@code q = block / radix} and j from 0 to
 *     q - 1: the real parts of w^j, then their imaginary parts, q doubles each; for radix 4 the
 *     same of w^2j and w^3j after them. Shared, must not be written
 */
public record Stage(int radix, int block, double[] twiddles) {

  static Stage of(int radix, int block) {
    int quarter = block / radix;
    double[] table = new double[2 * (radix - 1) * quarter];
    for (int power = 1; power < radix; power++) {
      for (int j = 0; j < quarter; j++) {
        table[(2 * power - 2) * quarter + j] = UnitRoots.cos(power * j, block);
        table[(2 * power - 1) * quarter + j] = -UnitRoots.sin(power * j, block);
      }
    }
    return new Stage(radix, block, table);
  }
}
