package dev.vantage.tsdb;

import java.util.Random;

/**
 * How much of a database is checked. Every row is read and compared with its checksum in any case;
 * what takes time is to compute distances again. Immutable.
 *
 * @param sample the most series whose distances and sketches are computed again, from 0
 * @param seed which ones these are
 */
public record VerifyOptions(long sample, long seed) {
  /** Computes every distance again. */
  public static final VerifyOptions ALL = new VerifyOptions(Long.MAX_VALUE, 0);

  public VerifyOptions {
    if (sample < 0) {
      throw new InvalidRequestException("sample must be >= 0: sample=" + sample);
    }
  }

  /** Decides one series after another, each as likely as the others. For one thread. */
  public static final class Sampling {
    private final Random random;
    private long left;
    private long toCome;

    /**
     * A decision about so many series; if there are more, the last ones are not taken.
     *
     * @param series how many
     */
    public Sampling(VerifyOptions options, long series) {
      random = new Random(options.seed());
      left = options.sample();
      toCome = series;
    }

    public boolean next() {
      boolean taken = left > 0 && random.nextDouble() * Math.max(1, toCome) < left;
      toCome--;
      left -= taken ? 1 : 0;
      return taken;
    }
  }
}
