package dev.vantage.tsdb.metric.sample;

import java.util.Map;
import java.util.function.DoublePredicate;

/**
 * Reads the parameters of a distance. Immutable.
 *
 * @param values the values by name, in any notation
 */
public record MetricParameters(Map<String, String> values) {

  /**
   * Reads a number.
   *
   * @param name the parameter
   * @param missing its value where it is missing
   * @param range says which numbers are allowed
   * @param rule the words for that range
   * @throws IllegalArgumentException if the value is no such number
   */
  public double number(String name, double missing, DoublePredicate range, String rule) {
    String given = values.get(name);
    if (given == null) {
      return missing;
    }
    double value;
    try {
      value = Double.parseDouble(given);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number: " + name + "=" + given, e);
    }
    if (!Double.isFinite(value) || !range.test(value)) {
      throw new IllegalArgumentException(name + " must be " + rule + ": " + name + "=" + given);
    }
    return value + 0.0; // without -0
  }

  /**
   * Reads a whole number.
   *
   * @param name the parameter
   * @param missing its value where it is missing
   * @param most the greatest value; the least is 0
   * @throws IllegalArgumentException if the value is no such number
   */
  public int whole(String name, int missing, int most) {
    String rule = "a whole number from 0 to " + most;
    double value = number(name, missing, v -> v >= 0 && v <= most && v == Math.rint(v), rule);
    return (int) value;
  }

  /**
   * Reads a truth value.
   *
   * @throws IllegalArgumentException if the value is not {@code true} or {@code false}
   */
  public boolean flag(String name) {
    String given = values.getOrDefault(name, "false");
    if (!given.equals("true") && !given.equals("false")) {
      throw new IllegalArgumentException(name + " must be true or false: " + name + "=" + given);
    }
    return given.equals("true");
  }

  /** Reads how samples are scaled. */
  public SampleScaling scaling() {
    return SampleScaling.ofLabel(
        values.getOrDefault(SampleScaling.PARAMETER, SampleScaling.Z.label()));
  }
}
