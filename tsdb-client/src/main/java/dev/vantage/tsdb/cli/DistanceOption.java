package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose a distance. */
final class DistanceOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--distance",
      paramLabel = "NAME",
      description =
          "The distance of the database, which it keeps; tsdb distances lists them, with their"
              + " defaults. Without it: kernelised-cross-correlation, or that of an export.")
  private @Nullable String distance;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the distance; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--multiplier",
      paramLabel = "G",
      description =
          "The same as --parameter multiplier=G: the sharpness of the kernel, up to 300 (1"
              + " by default).")
  private @Nullable String multiplier;

  /**
   * Returns the chosen distance, with the parameters that are given; empty if no option is given.
   *
   * @param length samples per series
   * @throws ParameterException if the distance is unknown, has no such parameter, or its value is
   *     out of range
   */
  Optional<MetricSpec> given(int length) {
    if (distance == null && parameters.isEmpty() && multiplier == null) {
      return Optional.empty();
    }
    Map<String, String> given = new LinkedHashMap<>(parameters);
    if (multiplier != null && given.put(MetricSpec.MULTIPLIER, multiplier) != null) {
      throw new ParameterException(
          spec.commandLine(), "--multiplier and --parameter multiplier are mutually exclusive");
    }
    String name = distance == null ? MetricSpec.DEFAULT.name() : distance;
    MetricSpec chosen = new MetricSpec(name, given);
    try {
      Metrics.create(chosen, length);
      return Optional.of(chosen);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
