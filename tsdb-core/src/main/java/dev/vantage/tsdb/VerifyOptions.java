package dev.vantage.tsdb;

import java.util.Objects;
import java.util.Random;

/**
 * How much of a database is verified. Immutable. Every row is always read and compared with its
 * checksum. Computing distances again takes most of the time, so their number can be limited.
 *
 * @param sample the most series whose distances and sketches are computed again, at least 0
 * @param seed the seed of the random choice of these series
 */
public record VerifyOptions(long sample, long seed) {
  /** Computes every distance again. */
  public static final VerifyOptions ALL = new VerifyOptions(Long.MAX_VALUE, 0);

  public VerifyOptions {
    if (sample < 0) {
      throw new InvalidRequestException("sample must be >= 0: sample=" + sample);
    }
  }

  /**
   * Decides for one series after another whether it is in a uniform random sample. Not thread-safe.
   */
  public static final class Sampling {
    private final Random random;
    private long left;
    private long toCome;

    /**
     * Starts a sample of a known number of series. If more series come, they are chosen only while
     * the sample is not full.
     *
     * @param options how many series to choose, and the seed
     * @param series the number of series
     */
    public Sampling(VerifyOptions options, long series) {
      Objects.requireNonNull(options, "options");
      random = new Random(options.seed());
      left = options.sample();
      toCome = series;
    }

    /** {@return whether the next series is in the sample} */
    public boolean next() {
      boolean taken = left > 0 && random.nextDouble() * Math.max(1, toCome) < left;
      toCome--;
      left -= taken ? 1 : 0;
      return taken;
    }

    @Override
    public String toString() {
      return "Sampling[left=" + left + ", series to come=" + toCome + "]";
    }
  }
}
