package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vantage.tsdb.fft.RealFft;
import dev.vantage.tsdb.metric.LowerBound;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {
  private static final KernelMaker FAST = (fft, kernelSum) -> new Fast();
  private static final LowerBound.Evaluator NOTHING = (sketches, stride, from, to, bounds) -> {};
  private static final KernelMaker SCALAR = ScalarKernel::new;

  @Test
  void asksForNoVectorsWhereNoneAreWanted() {
    KernelChoice<KernelMaker> choice =
        KernelChoice.of(
            "scalar", SCALAR, () -> fail("not needed"), (one, other) -> fail("no trial"));
    assertScalar(choice.maker());
  }

  @Test
  void needsNoTrialForWhatIsAskedFor() {
    KernelChoice<KernelMaker> choice =
        KernelChoice.of(
            "vector", SCALAR, () -> Optional.of(FAST), (one, other) -> fail("no trial"));
    assertSame(FAST, choice.maker());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "auto"})
  void makesDoWithoutVectors(String mode) {
    KernelChoice<KernelMaker> choice =
        KernelChoice.of(mode, SCALAR, Optional::empty, (one, other) -> fail("nothing to try"));
    assertScalar(choice.maker());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changesOnceTheTrialIsWon(boolean won) throws Exception {
    CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    KernelChoice<KernelMaker> choice =
        KernelChoice.of(
            "auto",
            SCALAR,
            () -> Optional.of(FAST),
            (one, other) -> {
              assertSame(FAST, other);
              thread.complete(Thread.currentThread());
              return outcome.join();
            });
    assertScalar(choice.maker());
    outcome.complete(won);
    Thread trial = thread.get(30, TimeUnit.SECONDS);
    assertTrue(trial.isDaemon());
    trial.join(30_000);
    assertFalse(trial.isAlive());
    assertEquals(won, choice.maker() == FAST);
  }

  @Test
  void findsTheKernelsOfTheVectorApi() {
    KernelMaker vector = KernelChoice.vector().orElseThrow();
    KernelSum kernelSum = new KernelSum(1);
    assertInstanceOf(ScalarKernel.class, vector.make(new RealFft(64), kernelSum));
    assertFalse(vector.make(new RealFft(128), kernelSum) instanceof ScalarKernel);
  }

  @Test
  void aTrialIsWonByTheFasterAndEndsInAnyCase() {
    assertTrue(KernelTrial.isFaster(ScalarKernel::new, FAST));
    assertTrue(LowPassTrial.isFaster(ScalarLowPass::new, (grid, fft, query) -> NOTHING));
  }

  @Test
  void aRaceIsWonByAFifthOrGivenUp() {
    AtomicLong now = new AtomicLong();
    Runnable ten = () -> now.addAndGet(10_000_000);
    assertTrue(Race.isWonBySecond(ten, () -> now.addAndGet(7_000_000), now::get));
    assertEquals(5 * 17_000_000, now.get());
    assertFalse(Race.isWonBySecond(ten, () -> now.addAndGet(9_000_000), now::get));
    assertTrue(now.get() > 30_000_000_000L, "gives up in the end");
  }

  private static void assertScalar(KernelMaker maker) {
    assertInstanceOf(ScalarKernel.class, maker.make(new RealFft(1024), new KernelSum(1)));
  }

  private static final class Fast implements CorrelationKernel {
    @Override
    public double sum(double[] x, int xOffset, double[] y, int yOffset) {
      return 1;
    }

    @Override
    public double[] correlations(double[] x, int xOffset, double[] y, int yOffset) {
      return x.clone();
    }

    @Override
    public int lagAt(int place) {
      return place;
    }
  }
}
