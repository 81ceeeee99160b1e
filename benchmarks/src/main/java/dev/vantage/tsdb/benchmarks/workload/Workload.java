package dev.vantage.tsdb.benchmarks.workload;

import dev.vantage.tsdb.format.Generator;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.Arrays;
import java.util.Random;

/**
 * Generators of series. Thread-safe. A series depends only on the seed and its position, so any
 * part of a collection can be generated on any thread, and a larger collection contains the smaller
 * one.
 */
public enum Workload {
  /**
   * The series of {@code tsdb generate}, resampled: 100 points of a normal density, its mean
   * uniform, its deviation in [0.05, 0.4), plus white noise of a scale in [0.05, 0.2).
   */
  BUMPS("bumps") {
    @Override
    double[] make(int length, Random random) {
      double mean = random.nextDouble();
      double deviation = between(0.05, 0.4, random);
      double noise = between(0.05, 0.2, random);
      double peak = 1 / (deviation * Math.sqrt(2 * Math.PI));
      double[] values = new double[Generator.POINTS];
      for (int t = 0; t < values.length; t++) {
        double distance = ((double) t / values.length - mean) / deviation;
        values[t] = peak * Math.exp(-distance * distance / 2) + noise * random.nextGaussian();
      }
      return Resampling.PERIODIC.resample(TimeSeries.ofValues(values), length);
    }
  },

  /** The cumulative sum of standard normal steps. */
  RANDOM_WALK("random-walk") {
    @Override
    double[] make(int length, Random random) {
      double[] values = new double[length];
      double sum = 0;
      for (int t = 0; t < length; t++) {
        sum += random.nextGaussian();
        values[t] = sum;
      }
      return values;
    }
  },

  /**
   * The sum of 3 to 6 sines, each of a whole frequency from 1 to a sixteenth of the length, an
   * amplitude in [0.2, 1) and any phase, plus white noise of scale 0.05.
   */
  MULTI_SINE("multi-sine") {
    @Override
    double[] make(int length, Random random) {
      double[] values = new double[length];
      Arrays.setAll(values, t -> 0.05 * random.nextGaussian());
      int sines = 3 + random.nextInt(4);
      for (int sine = 0; sine < sines; sine++) {
        int frequency = 1 + random.nextInt(Math.max(1, length / 16));
        double amplitude = between(0.2, 1, random);
        double phase = between(0, 2 * Math.PI, random);
        for (int t = 0; t < length; t++) {
          values[t] += amplitude * Math.sin(2 * Math.PI * frequency * t / length + phase);
        }
      }
      return values;
    }
  },

  /** Independent standard normal numbers, among which no two are near. */
  WHITE_NOISE("white-noise") {
    @Override
    double[] make(int length, Random random) {
      double[] values = new double[length];
      Arrays.setAll(values, t -> random.nextGaussian());
      return values;
    }
  };

  private final String label;

  Workload(String label) {
    this.label = label;
  }

  /** {@return the name in tables and options} */
  public String label() {
    return label;
  }

  /**
   * Finds a workload.
   *
   * @param label its name
   * @return the workload
   * @throws IllegalArgumentException if no workload has that name
   */
  public static Workload ofLabel(String label) {
    for (Workload workload : values()) {
      if (workload.label.equals(label)) {
        return workload;
      }
    }
    throw new IllegalArgumentException(
        "workload must be bumps, random-walk, multi-sine or white-noise: workload=" + label);
  }

  /**
   * Generates one series.
   *
   * @param length its number of samples
   * @param seed the seed of the collection
   * @param position the position in the collection, from 0
   * @return the samples
   */
  public double[] series(int length, long seed, int position) {
    return make(length, new Random(mixed(seed, position)));
  }

  abstract double[] make(int length, Random random);

  private static double between(double low, double high, Random random) {
    return low + (high - low) * random.nextDouble();
  }

  /** Spreads neighboring seeds and positions over all longs (a finaliser of MurmurHash3). */
  private static long mixed(long seed, int position) {
    long z = seed * 0x9e3779b97f4a7c15L + position;
    z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
    z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
    return z ^ z >>> 33;
  }
}
