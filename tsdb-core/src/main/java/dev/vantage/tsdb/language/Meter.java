package dev.vantage.tsdb.language;

import dev.vantage.tsdb.DeadlineExceededException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what one program uses, and ends the program at a limit. Not thread-safe.
 *
 * <p>The count of bytes only grows, so it is the same on every JVM: {@value #ELEMENT} for an
 * element of a list, {@value #FIELD} for a field of a record, {@value #CELL} for a cell of a table,
 * {@value #CHAR} for a char, {@value #POINT} for a point, and {@value #ELEMENT} for each value that
 * a function keeps.
 */
final class Meter {
  static final int ELEMENT = 16;
  static final int FIELD = 24;
  static final int CELL = 16;
  static final int CHAR = 2;
  static final int POINT = 16;

  private static final int STEPS_BETWEEN_CHECKS = 1024;

  private final LanguageOptions options;
  private final long started;
  private final long maxSteps;
  private final long maxBytes;
  private final int maxDepth;
  private final int maxNesting;
  private long steps;
  private long nextCheck;
  private long bytes;
  private int depth;
  private long searches;
  private long requests;
  private Position position = Position.START;

  Meter(LanguageOptions options) {
    this.options = options;
    this.started = options.nanoTime().getAsLong();
    this.maxSteps = options.limit(Limit.STEPS);
    this.nextCheck = Math.min(STEPS_BETWEEN_CHECKS - 1, maxSteps) + 1;
    this.maxBytes = options.limit(Limit.MEMORY);
    this.maxDepth = (int) Math.min(Integer.MAX_VALUE, options.limit(Limit.DEPTH));
    this.maxNesting = (int) Math.min(Integer.MAX_VALUE, options.limit(Limit.NESTING));
  }

  /** Notes the form that is evaluated; limits are reported there. */
  void at(Position newPosition) {
    position = newPosition;
  }

  Position position() {
    return position;
  }

  /** Counts one step. */
  void step() {
    if (++steps >= nextCheck) {
      check();
    }
  }

  /** Counts the work of a builtin before it is done. */
  void steps(long more) {
    steps += Math.min(more, Long.MAX_VALUE - steps);
    if (steps >= nextCheck) {
      check();
    }
  }

  /** Counts the steps of sorting. */
  void sortSteps(long elements) {
    steps(elements * (64 - Long.numberOfLeadingZeros(elements)));
  }

  private void check() {
    nextCheck = Math.min(steps, maxSteps) + STEPS_BETWEEN_CHECKS;
    if (nextCheck > maxSteps) {
      nextCheck = maxSteps + 1;
    }
    if (steps > maxSteps) {
      throw exceeded(Limit.STEPS, steps);
    }
    options.pause().run();
    checkTime();
  }

  private void checkTime() {
    if (Thread.currentThread().isInterrupted()) {
      throw ProgramException.at(position, "interrupted", "program must not be interrupted");
    }
    remaining();
  }

  /**
   * Returns the time that is left, or empty without a timeout.
   *
   * @throws DeadlineExceededException if no time is left
   */
  Optional<Duration> remaining() {
    return options
        .timeout()
        .map(
            timeout -> {
              Duration left = timeout.minusNanos(options.nanoTime().getAsLong() - started);
              if (left.isNegative() || left.isZero()) {
                throw new DeadlineExceededException(
                    "program must end in time: timeout=" + timeout.toMillis() + " ms");
              }
              return left;
            });
  }

  /** Counts bytes before they are allocated. */
  void allocate(long count, int each) {
    bytes += Math.min(count, Long.MAX_VALUE / 64) * each;
    if (bytes > maxBytes || bytes < 0) {
      throw exceeded(Limit.MEMORY, bytes);
    }
  }

  /** Begins an evaluation that is not in tail position. */
  void enter() {
    if (++depth > maxDepth) {
      throw exceeded(Limit.DEPTH, depth);
    }
  }

  void leave() {
    depth--;
  }

  void search() {
    searches++;
    check(Limit.SEARCHES, searches);
  }

  void request() {
    requests++;
    check(Limit.REQUESTS, requests);
    checkTime();
  }

  /** Checks the rows of a table, or the chars of a text, before it is made. */
  void check(Limit limit, long count) {
    if (count > options.limit(limit)) {
      throw exceeded(limit, count);
    }
  }

  long limit(Limit limit) {
    return options.limit(limit);
  }

  private ProgramException exceeded(Limit limit, long count) {
    return ProgramException.at(
        position,
        limit.code(),
        limit.unit()
            + " must be at most "
            + options.limit(limit)
            + ": "
            + limit.unit()
            + "="
            + count
            + options.hint(limit));
  }

  /** Makes a list, and counts it. */
  Value.ListValue list(List<? extends Value> items) {
    allocate(items.size(), ELEMENT);
    return countedList(items);
  }

  /** Makes a list of elements that were counted one by one. */
  Value.ListValue countedList(List<? extends Value> items) {
    Value.ListValue list = Value.ListValue.of(items);
    return nested(list, list.nesting());
  }

  /** Makes a record, and counts it. */
  Value.RecordValue record(Map<String, ? extends Value> fields) {
    allocate(fields.size(), FIELD);
    Value.RecordValue record = Value.RecordValue.of(fields);
    return nested(record, record.nesting());
  }

  private <T extends Value> T nested(T value, int nesting) {
    if (nesting > maxNesting) {
      throw exceeded(Limit.NESTING, nesting);
    }
    return value;
  }

  /** Checks that a value, with its shared parts written out, would fit the limit of memory. */
  void answer(Value value) {
    long bytes = Math.min(AnswerSize.of(value), Long.MAX_VALUE / ELEMENT) * ELEMENT;
    if (bytes > maxBytes) {
      throw exceeded(Limit.MEMORY, bytes);
    }
  }

  /** Counts a text, and makes it. */
  Value.Text text(String text) {
    check(Limit.TEXT, text.length());
    allocate(text.length(), CHAR);
    return new Value.Text(text);
  }

  /** Counts a table. */
  Table table(Table table) {
    check(Limit.ROWS, table.rows().size());
    allocate((long) table.rows().size() * table.columns().size(), CELL);
    return table;
  }
}
