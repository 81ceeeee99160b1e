package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import dev.vantage.tsdb.server.dispatch.LineBudget;
import dev.vantage.tsdb.server.dispatch.ObservedRequest;
import dev.vantage.tsdb.server.dispatch.RequestObserver;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs slow requests with their fields, but never with the points of a series. Thread-safe. Logs at
 * most 10 slow requests a second, so that slow storage does not fill the disk of the log. All other
 * requests are logged at level DEBUG only.
 */
final class RequestLog implements RequestObserver {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final int LINES_PER_SECOND = 10;
  private static final double NANOS_PER_MILLI = 1e6;

  private final long slowNanos;
  private final LineBudget budget;

  /**
   * Makes a log.
   *
   * @param slow the duration from which a request is slow; zero if no request is slow
   * @param nanoTime the clock
   */
  RequestLog(Duration slow, LongSupplier nanoTime) {
    this.slowNanos = slow.isZero() ? Long.MAX_VALUE : slow.toNanos();
    this.budget = new LineBudget(LINES_PER_SECOND, nanoTime);
  }

  @Override
  public void answered(ObservedRequest request) {
    if (request.totalNanos() >= slowNanos) {
      OptionalLong leftOut = budget.tryTake();
      if (leftOut.isPresent()) {
        LoggingEventBuilder line = LOG.atWarn();
        if (leftOut.getAsLong() > 0) {
          line = line.addKeyValue("suppressed", leftOut.getAsLong());
        }
        described(line, request).log("slow request");
      }
    } else if (LOG.isDebugEnabled()) {
      described(LOG.atDebug(), request).log("request answered");
    }
  }

  private static LoggingEventBuilder described(LoggingEventBuilder line, ObservedRequest request) {
    LoggingEventBuilder described =
        line.addKeyValue("op", request.op().map(Op::label).orElse("none"))
            .addKeyValue("status", request.status())
            .addKeyValue("ms", millis(request.totalNanos()))
            .addKeyValue("queued_ms", millis(request.queuedNanos()))
            .addKeyValue("peer", Printable.of(request.peer()));
    if (request.request().isPresent()) {
      described = asked(described, request.request().get());
    }
    return request.report().isPresent() ? cost(described, request.report().get()) : described;
  }

  private static LoggingEventBuilder asked(LoggingEventBuilder line, Request request) {
    LoggingEventBuilder asked = line;
    if (request instanceof SimilarSeriesRequest search) {
      String id = search.query().id().map(Printable::of).orElse("uploaded");
      asked = query(asked.addKeyValue("id", id), search.query());
    }
    return request.where().isPresent() ? where(asked, request.where().get()) : asked;
  }

  private static LoggingEventBuilder query(LoggingEventBuilder line, Query query) {
    LoggingEventBuilder asked = line;
    if (query.k() != Query.UNLIMITED) {
      asked = asked.addKeyValue("k", query.k());
    }
    if (query.radius() != Double.POSITIVE_INFINITY) {
      asked = asked.addKeyValue("radius", query.radius());
    }
    return asked;
  }

  private static LoggingEventBuilder where(LoggingEventBuilder line, Condition condition) {
    return line.addKeyValue("where", Printable.of(condition.toString()));
  }

  private static LoggingEventBuilder cost(LoggingEventBuilder line, SearchReport report) {
    return line.addKeyValue("plan", report.plan().name().toLowerCase(Locale.ROOT))
        .addKeyValue("candidates", report.candidates())
        .addKeyValue("exact_distances", report.exactDistances());
  }

  private static double millis(long nanos) {
    return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
  }
}
