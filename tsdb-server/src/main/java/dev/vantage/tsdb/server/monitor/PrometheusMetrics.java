package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.server.dispatch.RequestObserver;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** All measurements, printed in the text format of Prometheus. Thread-safe. */
final class PrometheusMetrics implements AutoCloseable {
  private static final Set<String> COUNTED_HERE = Set.of("requests", "request_us");
  private static final Set<String> SINCE_THE_START =
      Set.of(
          "rejected",
          "timed_out",
          "connections_accepted",
          "connections_rejected",
          "cache_requests",
          "cache_hits",
          "cache_evictions");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RequestMeters requests = new RequestMeters(registry);
  private final JvmGcMetrics collector = new JvmGcMetrics();

  PrometheusMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collector.bindTo(registry);
  }

  RequestObserver requests() {
    return requests;
  }

  void measureReadiness(LongSupplier ready) {
    gauge("tsdb.ready", "1 if requests are served, else 0.", ready);
  }

  void measure(Tsdb tsdb) {
    stat("tsdb.series", "Series in the database.", tsdb, Stats::series);
    stat("tsdb.vantage.points", "Vantage points.", tsdb, stats -> stats.vantagePoints().size());
    stat(
        "tsdb.index.bytes",
        "Bytes of the index in memory.",
        tsdb,
        stats -> stats.memory().indexBytes());
    stat(
        "tsdb.index.spectrum.bytes",
        "Bytes of the index that hold spectra.",
        tsdb,
        stats -> stats.memory().spectrumBytes());
  }

  /** Adds the counts of the server, except counts of requests, which have finer meters here. */
  void measure(Supplier<ServerStats> server) {
    for (String name : server.get().load().keySet()) {
      if (COUNTED_HERE.contains(name)) {
        continue;
      }
      String meter = "tsdb.server." + name.replace('_', '.');
      ToDoubleFunction<Supplier<ServerStats>> value =
          stats -> stats.get().load().getOrDefault(name, 0L);
      if (SINCE_THE_START.contains(name)) {
        FunctionCounter.builder(meter, server, value).register(registry);
      } else {
        Gauge.builder(meter, () -> value.applyAsDouble(server))
            .strongReference(true)
            .register(registry);
      }
    }
  }

  private void stat(String name, String description, Tsdb tsdb, ToLongFunction<Stats> value) {
    Gauge.builder(name, tsdb, database -> read(database, value))
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private static double read(Tsdb tsdb, ToLongFunction<Stats> value) {
    try {
      return value.applyAsLong(tsdb.stats());
    } catch (TsdbException e) {
      // An unknown value is reported as NaN.
      return Double.NaN;
    }
  }

  private void gauge(String name, String description, LongSupplier value) {
    Gauge.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
