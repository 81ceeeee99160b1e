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

  Programs(Tsdb tsdb, RequestLimits limits) {
    this.tsdb = tsdb;
    this.limits = limits;
  }

  /** Runs a program and makes the payload of its value. */
  Payload run(Eval request, Duration timeout) {
    LanguageOptions options = limits.eval().options(request).withTimeout(timeout);
    for (Map.Entry<String, Value> argument : request.arguments().entrySet()) {
      options = options.withArgument(argument.getKey(), argument.getValue());
    }
    return Eval.payload(Language.over(tsdb, options).run(request.program()));
  }
}
