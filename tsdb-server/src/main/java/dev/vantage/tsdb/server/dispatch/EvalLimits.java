package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Limit;
import dev.vantage.tsdb.protocol.op.Eval;
import java.util.Map;

/**
 * The limits on programs of clients. Immutable. A request may lower them.
 *
 * @param workers how many programs run at once, from 1
 * @param chars the most chars of a program's text
 * @param steps the most steps of a program
 * @param memory the most bytes that a program may allocate in all, by the count of the language
 * @param rows the most rows of a table
 * @param searches the most searches of a program
 */
public record EvalLimits(
    int workers, long chars, long steps, long memory, long rows, long searches) {
  private static final long MAX_TEXT = 65_536;
  private static final long LEAST_REQUESTS = 100;

  /** Half of the usual reading workers; 256 Ki chars, 5 million steps, 64 MiB, 100,000 rows. */
  public static final EvalLimits DEFAULT =
      new EvalLimits(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          1 << 18,
          5_000_000,
          64 << 20,
          100_000,
          1_000);

  public EvalLimits {
    check(workers >= 1, "eval workers must be >= 1", workers);
    check(chars >= 0, "eval chars must be >= 0", chars);
    check(steps >= 0, "eval steps must be >= 0", steps);
    check(memory >= 0, "eval memory must be >= 0", memory);
    check(rows >= 0, "eval rows must be >= 0", rows);
    check(searches >= 0, "eval searches must be >= 0", searches);
  }

  private static void check(boolean holds, String rule, long value) {
    if (!holds) {
      throw new InvalidRequestException(rule + ": value=" + value);
    }
  }

  /**
   * Changes the number of workers.
   *
   * @param newWorkers how many programs run at once, from 1
   * @return a copy with that number
   */
  public EvalLimits withWorkers(int newWorkers) {
    return new EvalLimits(newWorkers, chars, steps, memory, rows, searches);
  }

  /** Returns the options of a program within these limits and those of its request. */
  LanguageOptions options(Eval request) {
    LanguageOptions options =
        LanguageOptions.DEFAULT
            .withLimit(Limit.PROGRAM, chars)
            .withLimit(Limit.STEPS, steps)
            .withLimit(Limit.MEMORY, memory)
            .withLimit(Limit.ROWS, rows)
            .withLimit(Limit.TEXT, MAX_TEXT)
            .withLimit(Limit.SEARCHES, searches)
            .withLimit(Limit.REQUESTS, Math.max(LEAST_REQUESTS, searches)); // each may be one
    for (Map.Entry<Limit, Long> lowered : request.limits().entrySet()) {
      Limit limit = lowered.getKey();
      long most = options.limit(limit);
      if (lowered.getValue() > most) {
        throw new InvalidRequestException(
            "limit must be <= "
                + most
                + ": limit="
                + Eval.label(limit)
                + ", value="
                + lowered.getValue());
      }
      options = options.withLimit(limit, lowered.getValue());
    }
    return options;
  }

  void describe(Gauges gauges) {
    gauges.limit("eval_workers", workers);
    gauges.limit("eval_chars", chars);
    gauges.limit("eval_steps", steps);
    gauges.limit("eval_memory", memory);
    gauges.limit("eval_rows", rows);
    gauges.limit("eval_searches", searches);
  }
}
