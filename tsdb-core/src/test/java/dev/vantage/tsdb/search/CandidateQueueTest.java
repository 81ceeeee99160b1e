package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidateQueueTest {
  private record Candidate(int ordinal, double bound) {}

  @Test
  void givesCandidatesInTheOrderOfTheirBounds() {
    Random random = Seeds.random("candidates");
    for (int round = 0; round < 3000; round++) {
      List<Candidate> expected = new ArrayList<>();
      CandidateQueue queue = filled(random, expected);
      CandidateQueue others = filled(random, expected);
      queue.addAll(others);
      queue.order();
      expected.sort(
          Comparator.comparingDouble(Candidate::bound).thenComparingInt(Candidate::ordinal));
      int taken = random.nextInt(expected.size() + 1);
      for (Candidate next : expected.subList(0, taken)) {
        assertEquals(next.bound, queue.leastBound());
        assertEquals(next.ordinal, queue.take());
      }
      assertEquals(expected.size() - taken, queue.size());
      List<Integer> left = new ArrayList<>();
      for (int slot = 0; slot < queue.size(); slot++) {
        left.add(queue.ordinal(slot));
      }
      assertEquals(
          expected.subList(taken, expected.size()).stream()
              .map(Candidate::ordinal)
              .sorted()
              .toList(),
          left.stream().sorted().toList());
    }
  }

  private static CandidateQueue filled(Random random, List<Candidate> added) {
    CandidateQueue queue = new CandidateQueue(random.nextInt(3) * 8);
    for (int left = random.nextInt(40); left > 0; left--) {
      Candidate candidate = new Candidate(random.nextInt(1000), random.nextInt(10) / 8.0);
      queue.add(candidate.ordinal, candidate.bound);
      added.add(candidate);
    }
    return queue;
  }
}
