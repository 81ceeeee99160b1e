package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Lists the distances. */
@Command(
    name = "distances",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Lists the distances that a database can be made with, and their parameters with their"
            + " defaults, for series of the standard length. A database keeps its distance:"
            + " tsdb create --distance NAME --parameter NAME=VALUE.",
    sortOptions = false)
final class DistancesCommand extends Verb {
  private static final List<String> HEADER =
      List.of("distance", "parameters", "unchanged by", "trees", "compares");

  @Override
  public Integer call() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    List<List<String>> rows = new ArrayList<>();
    for (MetricProvider provider : Metrics.providers().values()) {
      Metric metric =
          Metrics.create(new MetricSpec(provider.name(), Map.of()), Settings.DEFAULT.length());
      json.add(document(provider, metric));
      rows.add(row(provider, metric));
    }
    print(VerbOutput.of(json, TextTable.of(HEADER, rows)));
    return ExitCode.OK;
  }

  private static ObjectNode document(MetricProvider provider, Metric metric) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", provider.name());
    ObjectNode parameters = node.putObject("parameters");
    metric.spec().parameters().forEach(parameters::put);
    node.put("triangle_inequality", metric.geometry().hasTriangleInequality());
    unchangedBy(metric).forEach(node.putArray("unchanged_by")::add);
    return node.put("compares", provider.description());
  }

  private static List<String> row(MetricProvider provider, Metric metric) {
    return List.of(
        provider.name(),
        metric.spec().parameters().entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining(" ")),
        String.join(", ", unchangedBy(metric)),
        metric.geometry().hasTriangleInequality() ? "yes" : "no",
        provider.description());
  }

  private static List<String> unchangedBy(Metric metric) {
    return metric.invariances().stream()
        .sorted()
        .map(Invariance::name)
        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', ' '))
        .toList();
  }
}
