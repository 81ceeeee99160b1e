package dev.vantage.tsdb.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs random operations on several threads at once, and looks whether their results are those of
 * some order of them, one by one. A class says which operations there are; another one, without any
 * thought of threads, what each gives. The same operations are drawn every time.
 */
public final class Linearizability {
  private Linearizability() {}

  /** Threads run as they happen to. */
  public static StressOptions stress(int scenarios) {
    return small(new StressOptions(), scenarios).invocationsPerIteration(300);
  }

  /** Switches between threads are chosen, one after another, at every access to memory. */
  public static ModelCheckingOptions modelChecking(int scenarios) {
    return small(new ModelCheckingOptions(), scenarios).invocationsPerIteration(300);
  }

  private static <O extends Options<O, ?>> O small(O options, int scenarios) {
    return options
        .iterations(scenarios)
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(4)
        .actorsAfter(2)
        .minimizeFailedScenario(false);
  }

  /** Gives others time to see what is broken on purpose. */
  public static void linger() {
    for (int i = 0; i < 5000; i++) {
      Thread.onSpinWait();
    }
  }

  /** Expects results that no order explains: what is broken on purpose must be found. */
  public static void assertFinds(Options<?, ?> options, Class<?> broken) {
    assertThrows(LincheckAssertionError.class, () -> options.check(broken));
  }
}
