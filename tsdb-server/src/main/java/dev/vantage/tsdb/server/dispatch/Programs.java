package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.protocol.op.Eval;
import java.time.Duration;
import java.util.Map;

/** Runs programs of clients. Thread-safe. */
final class Programs {
  private final Tsdb tsdb;
  private final RequestLimits limits;
  private final Runnable pause;

  /**
   * Prepares.
   *
   * @param tsdb the database as programs see it
   * @param limits the limits on them
   * @param pause called about every thousand steps
   */
  Programs(Tsdb tsdb, RequestLimits limits, Runnable pause) {
    this.tsdb = tsdb;
    this.limits = limits;
    this.pause = pause;
  }

  /** Runs a program and makes the payload of its value. */
  Payload run(Eval request, Duration timeout) {
    LanguageOptions options = limits.eval().options(request).withTimeout(timeout).withPause(pause);
    for (Map.Entry<String, Value> argument : request.arguments().entrySet()) {
      options = options.withArgument(argument.getKey(), argument.getValue());
    }
    return Eval.payload(Language.over(tsdb, options).run(request.program()));
  }
}
