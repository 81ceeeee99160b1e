package dev.vantage.tsdb.metric.sample;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.ArrayList;
import java.util.List;

/**
 * Sketches of spectra: the error of the sketch ({@link DifferenceBound}), the value at frequency 0,
 * and for each number of frequencies the norm of all higher ones, then the new frequencies. They
 * are scaled so that the norm of all of them is that of the samples. Immutable.
 */
public final class SpectrumSketch {
  private static final int[] LEVELS = {8, 16, 32, 64};

  /**
   * The error of the spectrum and of floats, as a part of the norm; about twice as much as needed.
   */
  private static final double RELATIVE_ERROR = 0x1p-22;

  private static final double COST_OF_NUMBER = 0.002;

  private final int length;
  private final int numbers;
  private final List<LowerBound> bounds;
  private final int size;

  private SpectrumSketch(int length, int numbers, String name) {
    this.length = length;
    this.numbers = numbers;
    List<LowerBound> levels = new ArrayList<>();
    int end = 2;
    for (int level : LEVELS) {
      if (level < length / 2) {
        int tail = end;
        end += 1 + numbers * (level - begin(level));
        levels.add(bound(name, level, tail));
      }
    }
    bounds = List.copyOf(levels);
    size = end;
  }

  private LowerBound bound(String name, int level, int tail) {
    return new DifferenceBound(
        name + "-" + level, parts(level), tail, COST_OF_NUMBER * numbers * level);
  }

  /** The ranges of floats with the value at frequency 0 and with all frequencies up to a level. */
  private List<DifferenceBound.Part> parts(int level) {
    List<DifferenceBound.Part> parts = new ArrayList<>();
    parts.add(new DifferenceBound.Part(1, 2));
    int at = 2;
    for (int one : LEVELS) {
      if (one <= level) {
        int end = at + 1 + numbers * (one - begin(one));
        parts.add(new DifferenceBound.Part(at + 1, end));
        at = end;
      }
    }
    return parts;
  }

  /** The frequencies of the level before. */
  private static int begin(int level) {
    return level == LEVELS[0] ? 0 : level / 2;
  }

  /** {@return sketches of real and imaginary parts, whose distances are those of samples} */
  public static SpectrumSketch ofSamples(int length) {
    return new SpectrumSketch(length, 2, "spectrum");
  }

  /** {@return sketches of magnitudes, whose distances no circular shift changes} */
  public static SpectrumSketch ofMagnitudes(int length) {
    return new SpectrumSketch(length, 1, "magnitudes");
  }

  /** {@return the floats of a sketch; 0 if series are too short for sketches} */
  public int size() {
    return bounds.isEmpty() ? 0 : size;
  }

  /** {@return the lower bounds, of few frequencies first} */
  public List<LowerBound> bounds() {
    return bounds;
  }

  /**
   * Writes a sketch.
   *
   * @param spectrum the spectrum of the samples as {@link dev.vantage.tsdb.fft.RealFft} lays it out
   * @param offset its first index
   * @param first the value at frequency 0
   * @param into receives the sketch
   * @param intoOffset its first index there
   */
  public void write(double[] spectrum, int offset, double first, float[] into, int intoOffset) {
    if (bounds.isEmpty()) {
      return;
    }
    int half = length / 2;
    double scale = Math.sqrt(2.0 / length);
    double middle = spectrum[offset + half];
    double tail = middle * middle / length;
    into[intoOffset + 1] = (float) (first / Math.sqrt(length));
    // From the highest frequency down, so that the tails are sums of positive numbers.
    int frequency = half - 1;
    for (int i = bounds.size() - 1; i >= -1; i--) {
      int level = i < 0 ? 0 : LEVELS[i];
      for (; frequency > level; frequency--) {
        double re = spectrum[offset + frequency] * scale;
        double im = spectrum[offset + half + frequency] * scale;
        tail += re * re + im * im;
        if (i < bounds.size() - 1) {
          writeFrequency(into, intoOffset + place(i + 1, frequency), re, im);
        }
      }
      if (i >= 0) {
        into[intoOffset + tailPlace(i)] = (float) Math.sqrt(tail);
      }
    }
    double norm = Math.sqrt(tail + first * first / length);
    into[intoOffset] = (float) (norm * RELATIVE_ERROR) + Float.MIN_NORMAL;
  }

  private void writeFrequency(float[] into, int at, double re, double im) {
    if (numbers == 2) {
      into[at] = (float) re;
      into[at + 1] = (float) im;
    } else {
      into[at] = (float) Math.sqrt(re * re + im * im);
    }
  }

  private int tailPlace(int level) {
    int at = 2;
    for (int i = 0; i < level; i++) {
      at += 1 + numbers * (LEVELS[i] - begin(LEVELS[i]));
    }
    return at;
  }

  /** The place of a frequency, which is one of those that a level adds. */
  private int place(int level, int frequency) {
    return tailPlace(level) + 1 + numbers * (frequency - begin(LEVELS[level]) - 1);
  }
}
