package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.server.dispatch.ObservedRequest;
import dev.vantage.tsdb.server.dispatch.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests by operation and status. Thread-safe. Clients choose no other label, so
 * the number of meters is bounded. Costs less than a microsecond for each request.
 */
final class RequestMeters implements RequestObserver {
  private static final int STATUSES = Status.values().length;

  /** Upper ends of the buckets of a histogram, in microseconds: 50 us to 30 s. */
  private static final long[] BUCKETS = {
    50,
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    30_000_000
  };

  // By ordinal of the operation; the last one is for requests without a known operation.
  private final Timer[] times = new Timer[Op.values().length + 1];
  private final Counter[] ends = new Counter[times.length * STATUSES];
  private final Timer queued;
  private final Counter candidates;
  private final Counter exactDistances;
  private final Counter storageErrors;

  RequestMeters(MeterRegistry registry) {
    for (int op = 0; op < times.length; op++) {
      String label = op < times.length - 1 ? Op.values()[op].label() : "none";
      times[op] =
          histogram("tsdb.request", "Time from the last byte of a request to its answer.")
              .tag("op", label)
              .register(registry);
      for (Status status : Status.values()) {
        ends[op * STATUSES + status.ordinal()] =
            Counter.builder("tsdb.requests")
                .description("Requests that were answered or refused.")
                .tag("op", label)
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .register(registry);
      }
    }
    queued =
        histogram("tsdb.request.queued", "Time that requests waited for a worker.")
            .register(registry);
    candidates = counter(registry, "tsdb.search.candidates", "Candidates of searches.");
    exactDistances =
        counter(registry, "tsdb.search.exact.distances", "Distances that searches computed.");
    storageErrors =
        counter(registry, "tsdb.storage.errors", "Requests that failed because of the storage.");
  }

  private static Timer.Builder histogram(String name, String description) {
    Duration[] ends = new Duration[BUCKETS.length];
    for (int bucket = 0; bucket < ends.length; bucket++) {
      ends[bucket] = Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(BUCKETS[bucket]));
    }
    return Timer.builder(name).description(description).serviceLevelObjectives(ends);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  @Override
  public void answered(ObservedRequest request) {
    Optional<Op> asked = request.op();
    int op = asked.isPresent() ? asked.get().ordinal() : times.length - 1;
    times[op].record(request.totalNanos(), TimeUnit.NANOSECONDS);
    ends[op * STATUSES + request.status().ordinal()].increment();
    if (request.queuedNanos() > 0) {
      queued.record(request.queuedNanos(), TimeUnit.NANOSECONDS);
    }
    if (request.report().isPresent()) {
      SearchReport report = request.report().get();
      candidates.increment((double) report.candidates());
      exactDistances.increment((double) report.exactDistances());
    }
    if (request.failedByStorage()) {
      storageErrors.increment();
    }
  }
}
