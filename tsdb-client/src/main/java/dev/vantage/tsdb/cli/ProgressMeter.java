package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error if that is a terminal; prints nothing otherwise. */
final class ProgressMeter implements Progress, AutoCloseable {
  private static final String TERMINAL = "tsdb.terminal";
  private static final int WIDTH = 78;

  private final @Nullable ProgressBar bar;

  private ProgressMeter(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Starts a bar from 0 to {@code max}, shown in units of {@code unitSize}. */
  static ProgressMeter start(String task, long max, String unit, long unitSize) {
    if (!Boolean.getBoolean(TERMINAL)) {
      return new ProgressMeter(null);
    }
    return new ProgressMeter(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(max)
            .setUnit(unit, unitSize)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .build());
  }

  /** Shows nothing. */
  static ProgressMeter none() {
    return new ProgressMeter(null);
  }

  @Override
  public void reached(long done, long of) {
    if (bar != null && of > 0) {
      bar.maxHint(Math.max(done, of));
    }
    to(done);
  }

  void to(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Shows a text beside the bar. */
  void tell(String text) {
    if (bar != null) {
      bar.setExtraMessage(text);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
