package dev.vantage.tsdb.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vantage.tsdb.fuzz.JazzerProcess;
import dev.vantage.tsdb.fuzz.LeakWatch;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every frame of a client gets an answer of the protocol, whatever its content. */
class RequestFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("tsdb.fuzz.mutations", 6_000_000);
  private static final int RUNS = Integer.getInteger("tsdb.fuzz.runs", 4_000_000);

  private static final long LOOK_EVERY = 500_000;
  private static final int MAX_BYTES = 600;

  @TempDir private Path directory;

  @Test
  void answersWhatFuzzersBeginWith() {
    try (RequestTarget target = new RequestTarget()) {
      target.seeds().forEach(target::accept);
      assertTrue(target.ok() > Requests.all().size(), target::toString);
    }
  }

  @Test
  void answersMutations() {
    answers(20_000, Seeds.random("answersMutations"));
  }

  @Test
  @Tag("soak")
  void answersManyMutations() {
    answers(MUTATIONS, Seeds.random("answersManyMutations"));
  }

  private static void answers(long count, Random random) {
    RequestMutations mutations = new RequestMutations(random);
    LeakWatch leaks = new LeakWatch("requests", LOOK_EVERY);
    try (RequestTarget target = new RequestTarget()) {
      for (long i = 0; i < count; i++) {
        byte[] body = mutations.next();
        byte[] input = new byte[1 + body.length];
        input[0] = '1';
        System.arraycopy(body, 0, input, 1, body.length);
        try {
          target.accept(input);
          leaks.count();
        } catch (Throwable e) {
          throw new AssertionError(shown(body), e);
        }
      }
      System.out.println(target);
      assertTrue(target.ok() > count / 5 && target.refused() > count / 5, target::toString);
    }
  }

  /** A body, without most of what repeats itself in it. */
  private static String shown(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).replaceAll("(.)\\1{20,}", "$1...");
  }

  @Test
  @Tag("soak")
  void answersWhatCoverageLeadsTo() throws Exception {
    assumeTrue(JazzerProcess.isThere());
    try (RequestTarget target = new RequestTarget()) {
      JazzerProcess.Outcome outcome = new JazzerProcess(target).run(RUNS, MAX_BYTES, directory);
      System.out.println(outcome.log());
      assertEquals(0, outcome.exit(), outcome.log());
      assertTrue(outcome.executed() >= RUNS, outcome.log());
    }
  }
}
