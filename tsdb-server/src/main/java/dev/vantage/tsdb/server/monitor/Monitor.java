package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.dispatch.RequestObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Monitors one server: logs slow requests, and, if configured, serves metrics, health and readiness
 * over HTTP. Thread-safe. It can start before the database is open, and ends after the server.
 *
 * <p>Paths: {@code /metrics} in the format of Prometheus; {@code /health}, 200 while the process
 * works, 503 with the names of needed threads that have ended; {@code /ready}, 200 while requests
 * are served, else 503 with the reason: {@code starting}, {@code draining}, {@code storage}, {@code
 * read_only} (PostgreSQL accepts no writes, and the server is not read-only), {@code tokens} or
 * {@code certificate}. With 200 it may have a {@code warning}, which is {@code certificate} while a
 * new certificate cannot be used.
 */
public final class Monitor implements AutoCloseable {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int OK = 200;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final RequestObserver observer;
  private volatile Supplier<List<String>> lostThreads = List::of;
  private final Readiness readiness;
  private final Optional<PrometheusMetrics> metrics;
  private final Optional<HttpEndpoint> endpoint;

  private Monitor(MonitorSettings options, LongSupplier nanoTime) throws IOException {
    readiness = new Readiness(PATIENCE, nanoTime);
    RequestLog log = new RequestLog(options.slow(), nanoTime);
    if (options.metrics().isEmpty()) {
      observer = log;
      metrics = Optional.empty();
      endpoint = Optional.empty();
      return;
    }
    PrometheusMetrics measured = new PrometheusMetrics();
    RequestObserver meters = measured.requests();
    observer =
        request -> {
          meters.answered(request);
          log.answered(request);
        };
    metrics = Optional.of(measured);
    measured.measureReadiness(() -> readiness.problem().isEmpty() ? 1 : 0);
    endpoint = Optional.of(HttpEndpoint.start(options.metrics().get(), pages(measured)));
  }

  /**
   * Starts a monitor.
   *
   * @param options its settings
   * @param nanoTime a clock like {@link System#nanoTime}
   * @return the running monitor
   * @throws IOException if it cannot listen on the address for metrics
   */
  public static Monitor start(MonitorSettings options, LongSupplier nanoTime) throws IOException {
    return new Monitor(options, nanoTime);
  }

  private Map<String, Supplier<HttpPage>> pages(PrometheusMetrics measured) {
    Map<String, Supplier<HttpPage>> pages = new LinkedHashMap<>();
    pages.put("/metrics", () -> HttpPage.ok(PROMETHEUS, measured.scrape()));
    pages.put("/health", this::health);
    pages.put("/ready", this::ready);
    return Map.copyOf(pages);
  }

  private HttpPage health() {
    List<String> lost = lostThreads.get();
    return lost.isEmpty()
        ? HttpPage.plain(OK, "alive")
        : HttpPage.plain(
            SERVICE_UNAVAILABLE,
            "threads must be alive: lost=" + String.join(",", lost) + "; hint: restart the server");
  }

  private HttpPage ready() {
    return readiness
        .problem()
        .map(reason -> new HttpPage(SERVICE_UNAVAILABLE, JSON, ready(false, "reason", reason)))
        .orElseGet(
            () ->
                HttpPage.ok(
                    JSON,
                    readiness
                        .warning()
                        .map(warning -> ready(true, "warning", warning))
                        .orElse("{\"ready\":true}\n")));
  }

  private static String ready(boolean is, String name, Readiness.Reason reason) {
    String word = reason.name().toLowerCase(Locale.ROOT);
    return "{\"ready\":" + is + ",\"" + name + "\":\"" + word + "\"}\n";
  }

  /** {@return the observer to notify of every request} */
  public RequestObserver observer() {
    return observer;
  }

  /** {@return the address of metrics, health and readiness, or empty if they are not served} */
  public Optional<InetSocketAddress> address() {
    return endpoint.map(HttpEndpoint::address);
  }

  /**
   * To be called when the server accepts connections.
   *
   * @param tsdb its database
   * @param server reads its limits and counts, under the same names each time
   * @param lost the names of needed threads that have ended
   * @param access the current problem of the token file, the certificate or its key
   */
  public void serving(
      Tsdb tsdb,
      Supplier<ServerStats> server,
      Supplier<List<String>> lost,
      Supplier<Optional<AccessProblem>> access) {
    lostThreads = lost;
    metrics.ifPresent(
        measured -> {
          measured.measure(tsdb);
          measured.measure(server);
        });
    readiness.serving(tsdb, access);
  }

  /** To be called when the server starts to stop. It is not ready from then on. */
  public void draining() {
    readiness.draining();
  }

  /** Stops answering over HTTP. */
  @Override
  public void close() {
    endpoint.ifPresent(HttpEndpoint::close);
    metrics.ifPresent(PrometheusMetrics::close);
    readiness.close();
  }
}
