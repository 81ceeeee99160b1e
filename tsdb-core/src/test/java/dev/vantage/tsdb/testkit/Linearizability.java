package dev.vantage.tsdb.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs random operations on several threads, and checks that their results are linearizable. One
 * class defines the operations; another is their sequential specification. The operations are the
 * same in every run.
 */
public final class Linearizability {
  private Linearizability() {}

  /** Creates options of a stress test. */
  public static StressOptions stress(int scenarios) {
    return small(new StressOptions(), scenarios).invocationsPerIteration(300);
  }

  /** Creates options of model checking: explores thread switches at every memory access. */
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

  /** Gives other threads time to observe a deliberate defect. */
  public static void linger() {
    for (int i = 0; i < 5000; i++) {
      Thread.onSpinWait();
    }
  }

  /** Checks that a deliberate defect is found. */
  public static void assertFinds(Options<?, ?> options, Class<?> broken) {
    assertThrows(LincheckAssertionError.class, () -> options.check(broken));
  }
}
