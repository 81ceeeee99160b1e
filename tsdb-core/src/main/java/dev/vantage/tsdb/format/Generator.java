package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Generates noisy bumps. Not thread-safe. Bumps are evenly spaced series of {@value #POINTS} points
 * at {@code t = 0, 0.01 .. 0.99}, each the density of a normal distribution plus noise. The mean is
 * uniform in [0, 1), the standard deviation in [0.05, 0.4) and the scale of the noise in [0.05,
 * 0.2); the noise at each point is the scale times a standard normal number.
 *
 * <p>A count and a seed determine every bit on every JVM: {@link Random} specifies its numbers, and
 * the rest is StrictMath. A larger count generates the same series and more. Values are rounded to
 * 6 decimals, so a wide file of them is small, identical byte by byte, and reads back as equal
 * series. Ids are {@code bumps-00000001} and so on, counted from 1 in 8 digits, so they sort in the
 * order in which they are generated.
 *
 * <p>Holds one series in memory at a time.
 */
public final class Generator implements Iterator<SeriesEntry> {
  /** The number of points per series. */
  public static final int POINTS = 100;

  /** The maximum number of series. */
  public static final int MAX_COUNT = 10_000_000;

  private static final double DECIMALS = 1e6;
  private static final int ID_DIGITS = 8;

  private final int count;
  private final Random random;
  private int made;

  private Generator(int count, long seed) {
    this.count = count;
    this.random = new Random(seed);
  }

  /**
   * Generates series.
   *
   * @param count the number of series, 0 to {@value #MAX_COUNT}
   * @param seed the seed, of which {@link Random} uses the lower 48 bits
   * @return the series, each generated on demand
   * @throws IllegalArgumentException if the count is out of range
   */
  public static Iterator<SeriesEntry> generate(int count, long seed) {
    if (count < 0 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count must be in 0 to " + MAX_COUNT + ": count=" + count);
    }
    return new Generator(count, seed);
  }

  @Override
  public boolean hasNext() {
    return made < count;
  }

  @Override
  public SeriesEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more series: count=" + count);
    }
    made++;
    return new SeriesEntry(id(made), TimeSeries.ofValues(bump()));
  }

  @Override
  public String toString() {
    return "Generator[made=" + made + ", count=" + count + "]";
  }

  private static String id(int number) {
    String digits = Integer.toString(number);
    return "bumps-" + "0".repeat(ID_DIGITS - digits.length()) + digits;
  }

  private double[] bump() {
    double mean = random.nextDouble();
    double deviation = between(0.05, 0.4);
    double noise = between(0.05, 0.2);
    double peak = 1 / (deviation * StrictMath.sqrt(2 * StrictMath.PI));
    double[] values = new double[POINTS];
    for (int k = 0; k < POINTS; k++) {
      double distance = ((double) k / POINTS - mean) / deviation;
      double density = peak * StrictMath.exp(-distance * distance / 2);
      values[k] = rounded(density + noise * random.nextGaussian());
    }
    return values;
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double rounded(double value) {
    return StrictMath.round(value * DECIMALS) / DECIMALS;
  }
}
