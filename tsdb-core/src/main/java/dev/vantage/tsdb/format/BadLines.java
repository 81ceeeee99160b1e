package dev.vantage.tsdb.format;

/**
 * Collects the bad lines of a file whose lines form one series, up to a maximum. Not thread-safe.
 */
final class BadLines {
  static final int MAX_NAMED = 20;

  private final Output output;
  private int count;

  BadLines(Output output) {
    this.output = output;
  }

  void add(long line, String reason) {
    count++;
    if (count <= MAX_NAMED) {
      output.reject(line, reason);
    } else if (count == MAX_NAMED + 1) {
      output.reject(line, "more lines are bad, of which only " + MAX_NAMED + " are named");
    }
  }

  boolean isEmpty() {
    return count == 0;
  }
}
