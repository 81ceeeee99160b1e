package dev.vantage.tsdb.testkit;

import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random series of every kind that is difficult for bounds. Equal seeds give equal series. */
public final class RandomSeries {
  private static final int FROM_NOTHING = 7;

  private final Random random;
  private final int length;
  private final List<double[]> made = new ArrayList<>();

  /** The kinds of series. */
  public enum Kind {
    NOISE,
    WALK,
    SPIKE,
    NEARLY_CONSTANT,
    TONE,
    ALTERNATING,
    BUMP,
    COPY,
    SHIFTED,
    DISTURBED
  }

  public RandomSeries(long seed, int length) {
    this.random = new Random(seed);
    this.length = length;
  }

  public TimeSeries next() {
    return TimeSeries.ofValues(nextSamples());
  }

  public double[] nextSamples() {
    Kind[] kinds = Kind.values();
    return nextSamples(kinds[random.nextInt(made.isEmpty() ? FROM_NOTHING : kinds.length)]);
  }

  /** The last three kinds need a series that was made before. */
  public double[] nextSamples(Kind kind) {
    double[] samples =
        switch (kind) {
          case NOISE -> random.doubles(length, -1, 1).toArray();
          case WALK -> walk();
          case SPIKE -> spike();
          case NEARLY_CONSTANT -> nearConstant();
          case TONE -> tone();
          case ALTERNATING -> alternating();
          case BUMP -> bump();
          case COPY -> earlier().clone();
          case SHIFTED -> shifted(earlier());
          case DISTURBED -> disturbed(earlier());
        };
    made.add(samples);
    return samples;
  }

  private double[] earlier() {
    return made.get(random.nextInt(made.size()));
  }

  private double[] walk() {
    double[] samples = new double[length];
    for (int t = 1; t < length; t++) {
      samples[t] = samples[t - 1] + random.nextGaussian();
    }
    return samples;
  }

  private double[] spike() {
    double[] samples = new double[length];
    samples[random.nextInt(length)] = random.nextBoolean() ? 1 : -1e6;
    return samples;
  }

  private double[] nearConstant() {
    double level = random.nextGaussian();
    return random.doubles(length, 0, 1e-9).map(noise -> level + noise).toArray();
  }

  private double[] tone() {
    int frequency = 1 + random.nextInt(length / 2);
    double phase = random.nextDouble() * 2 * Math.PI;
    double[] samples = new double[length];
    Arrays.setAll(samples, t -> Math.sin(phase + 2 * Math.PI * frequency * t / length));
    return samples;
  }

  private double[] alternating() {
    double[] samples = new double[length];
    Arrays.setAll(samples, t -> t % 2 == 0 ? 1 : -1);
    return samples;
  }

  private double[] bump() {
    double mean = random.nextDouble();
    double width = 0.05 + 0.35 * random.nextDouble();
    double[] samples = new double[length];
    Arrays.setAll(
        samples,
        t -> {
          double z = ((double) t / length - mean) / width;
          return Math.exp(-z * z / 2) / width + 0.1 * random.nextGaussian();
        });
    return samples;
  }

  private double[] shifted(double[] samples) {
    int shift = random.nextInt(length);
    double[] result = new double[length];
    for (int t = 0; t < length; t++) {
      result[(t + shift) % length] = samples[t];
    }
    return result;
  }

  private double[] disturbed(double[] samples) {
    double scale = Math.pow(10, -1 - random.nextInt(9));
    return Arrays.stream(samples)
        .map(value -> value + scale * random.nextGaussian() * Math.max(1e-9, Math.abs(value)))
        .toArray();
  }
}
