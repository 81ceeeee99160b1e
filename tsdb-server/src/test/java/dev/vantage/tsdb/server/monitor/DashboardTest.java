package dev.vantage.tsdb.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.server.Databases;
import dev.vantage.tsdb.server.ServerOptions;
import dev.vantage.tsdb.server.TsdbServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard that is installed shows metrics that the server has. */
class DashboardTest {
  private static final Path FILE =
      Path.of(System.getProperty("tsdb.project"), "tsdb-server/src/dist/grafana/tsdb.json");
  private static final Pattern METRIC = Pattern.compile("\\b(tsdb|jvm|process)_[a-z_]+");

  @Test
  void everyMetricOfItIsServed() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(FILE.toFile());
    List<String> expressions = dashboard.findValuesAsText("expr");
    assertTrue(expressions.size() > 20, expressions::toString);
    TreeSet<String> named =
        expressions.stream()
            .flatMap(expression -> METRIC.matcher(expression).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    ServerOptions options =
        ServerOptions.DEFAULT
            .withPort(0)
            .withMonitor(
                MonitorSettings.DEFAULT.withMetrics(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    try (TsdbServer server = TsdbServer.start(Databases.empty(), options)) {
      String served = new Scrape(server.metricsAddress().orElseThrow()).get("/metrics").body();
      named.removeIf(
          name -> served.contains("\n" + name + "{") || served.contains("\n" + name + " "));
    }
    // The collector has not run yet, and its time is then not served.
    named.remove("jvm_gc_pause_seconds_sum");
    assertEquals(new TreeSet<String>(), named);
  }
}
