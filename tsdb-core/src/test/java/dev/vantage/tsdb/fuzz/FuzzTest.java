package dev.vantage.tsdb.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vantage.tsdb.archive.ArchiveTarget;
import dev.vantage.tsdb.condition.ConditionTarget;
import dev.vantage.tsdb.format.FileTarget;
import dev.vantage.tsdb.index.image.ImageTarget;
import dev.vantage.tsdb.language.ProgramTarget;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any condition or file is read, or refused with the right exception. */
class FuzzTest {
  private static final int MUTATIONS = 5000;
  private static final int RUNS = Integer.getInteger("tsdb.fuzz.runs", 1_000_000);
  private static final int MAX_BYTES = 4000;

  @TempDir private Path directory;

  static Stream<Supplier<FuzzTarget>> targets() {
    return Stream.of(
        ConditionTarget::new,
        FileTarget::new,
        ArchiveTarget::new,
        ImageTarget::new,
        ProgramTarget::new);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void readsMutations(Supplier<FuzzTarget> made) {
    try (FuzzTarget target = made.get()) {
      Random random = Seeds.random("readsMutations " + target.getClass().getSimpleName());
      List<byte[]> seeds = target.seeds();
      seeds.forEach(target::accept);
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
          input[random.nextInt(input.length)] = (byte) random.nextInt(256);
        }
        try {
          target.accept(input);
        } catch (Throwable e) {
          throw new AssertionError(Base64.getEncoder().encodeToString(input), e);
        }
      }
      System.out.println(target);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  @Tag("soak")
  void readsWhatCoverageLeadsTo(Supplier<FuzzTarget> made) throws Exception {
    assumeTrue(JazzerProcess.isThere());
    try (FuzzTarget target = made.get()) {
      JazzerProcess.Outcome outcome = new JazzerProcess(target).run(RUNS, MAX_BYTES, directory);
      System.out.println(outcome.log());
      assertEquals(0, outcome.exit(), outcome.log());
      assertTrue(outcome.executed() >= RUNS, outcome.log());
    }
  }
}
