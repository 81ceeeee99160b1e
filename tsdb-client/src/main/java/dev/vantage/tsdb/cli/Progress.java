package dev.vantage.tsdb.cli;

import java.io.PrintWriter;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar where there is a terminal to show it, else nothing. */
final class Progress implements AutoCloseable {
  /** Set to true by the launcher where standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "tsdb.terminal";

  private static final int WIDTH = 78;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final Optional<ProgressBar> bar;

  private Progress(PrintWriter err, Optional<ProgressBar> bar) {
    this.err = err;
    this.bar = bar;
  }

  /**
   * Begins.
   *
   * @param task what is done
   * @param total where it ends
   * @param unit how much of the total is shown as one
   * @param unitName what that is called
   */
  static Progress of(String task, long total, long unit, String unitName, PrintWriter err) {
    if (!Boolean.getBoolean(TERMINAL_PROPERTY)) {
      return new Progress(err, Optional.empty());
    }
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(unitName, unit)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(
                new DelegatingProgressBarConsumer(
                    line -> {
                      err.print("\r" + line);
                      err.flush();
                    },
                    WIDTH))
            .build();
    return new Progress(err, Optional.of(bar));
  }

  /** Shows how far the task has come. */
  void reach(long done) {
    bar.ifPresent(shown -> shown.stepTo(done));
  }

  /** Prints a line above the bar. */
  void println(String line) {
    err.println(bar.isPresent() ? CLEAR_LINE + line : line);
    err.flush();
  }

  @Override
  public void close() {
    bar.ifPresent(
        shown -> {
          shown.close();
          err.println();
          err.flush();
        });
  }
}
