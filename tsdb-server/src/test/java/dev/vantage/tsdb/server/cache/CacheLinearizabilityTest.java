package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.engine.CountedValue;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.op.WithId;
import dev.vantage.tsdb.testkit.Linearizability;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers through a cache, while the database changes, are linearizable. */
@Tag("soak")
class CacheLinearizabilityTest {

  /** A number behind a cache, whose changes are counted in some way. */
  @Param(name = "question", gen = IntGen.class, conf = "1:2")
  @Param(name = "number", gen = IntGen.class, conf = "1:3")
  public abstract static class AnyCached {
    final ResultCache cache;

    AnyCached(CachePolicy policy, Supplier<OptionalLong> changeCount) {
      cache = new ResultCache(new CacheSettings(1, policy), changeCount, Clock.systemUTC());
    }

    abstract int read();

    abstract void change(int number);

    @Operation(nonParallelGroup = "writer")
    public void write(@Param(name = "number") int number) {
      change(number);
    }

    @Operation
    public int ask(@Param(name = "question") int question) {
      Lookup lookup = cache.find(new WithId(Query.like("q").nearest(question), false));
      if (lookup.payload().isPresent()) {
        return ByteBuffer.wrap(lookup.payload().get().toBytes()).getInt();
      }
      int found = read();
      lookup.keep(Body.of(ByteBuffer.allocate(Integer.BYTES).putInt(found).array()));
      return found;
    }
  }

  /** Counted as a database counts; others look after the cache meanwhile. */
  @Param(name = "question", gen = IntGen.class, conf = "1:2")
  @Param(name = "number", gen = IntGen.class, conf = "1:3")
  public abstract static class Cached extends AnyCached {
    private final CountedValue value;

    Cached(CachePolicy policy, CountedValue value) {
      super(policy, value::changeCount);
      this.value = value;
    }

    @Override
    int read() {
      return value.get();
    }

    @Override
    void change(int number) {
      value.set(number);
    }

    @Operation
    public void clear() {
      cache.clear();
    }

    @Operation
    public void resize(@Param(name = "number") int megabytes) {
      cache.configure(OptionalInt.of(megabytes), Optional.empty());
    }

    @Operation
    public void sample() {
      cache.sample();
    }
  }

  /** With the policy of the library. */
  public static class CachedByFrequency extends Cached {
    public CachedByFrequency() {
      super(CachePolicy.TINYLFU, new CountedValue());
    }
  }

  /** With the plain policy. */
  public static class CachedByUse extends Cached {
    public CachedByUse() {
      super(CachePolicy.LRU, new CountedValue());
    }
  }

  /** Counted in a way that is not enough. */
  public abstract static class Broken extends AnyCached {
    final AtomicLong count;
    volatile int value;

    Broken(AtomicLong count) {
      super(CachePolicy.LRU, () -> OptionalLong.of(count.get()));
      this.count = count;
    }

    @Override
    int read() {
      return value;
    }
  }

  /** Answers are kept whatever changes. */
  public static class Uncounted extends Broken {
    public Uncounted() {
      super(new AtomicLong());
    }

    @Override
    void change(int number) {
      value = number;
    }
  }

  /** While a change is seen and not yet counted, old answers stand beside new ones. */
  public static class CountedAfterwards extends Broken {
    public CountedAfterwards() {
      super(new AtomicLong());
    }

    @Override
    void change(int number) {
      value = number;
      Linearizability.linger();
      count.incrementAndGet();
    }
  }

  /** An answer from before a change is cached as if it came after the change. */
  public static class CountedBefore extends Broken {
    public CountedBefore() {
      super(new AtomicLong());
    }

    @Override
    void change(int number) {
      count.incrementAndGet();
      Linearizability.linger();
      value = number;
    }
  }

  /** The sequential specification, without a cache. */
  public static class OneByOne {
    private int value;

    public void write(int number) {
      value = number;
    }

    public int ask(int question) {
      return value;
    }

    public void clear() {}

    public void resize(int megabytes) {}

    public void sample() {}
  }

  @Test
  void answersAreOfTheMoment() {
    Linearizability.stress(5)
        .sequentialSpecification(OneByOne.class)
        .check(CachedByFrequency.class);
    Linearizability.stress(5).sequentialSpecification(OneByOne.class).check(CachedByUse.class);
  }

  @Test
  void answersAreOfTheMomentForLong() {
    Linearizability.stress(400)
        .sequentialSpecification(OneByOne.class)
        .check(CachedByFrequency.class);
    Linearizability.stress(400).sequentialSpecification(OneByOne.class).check(CachedByUse.class);
    Linearizability.modelChecking(200)
        .sequentialSpecification(OneByOne.class)
        .check(CachedByUse.class);
  }

  @Test
  void aCacheWithoutTheCountIsFoundOut() {
    assertFound(Uncounted.class);
  }

  @Test
  void countingOnlyAfterwardsIsFoundOut() {
    assertFound(CountedAfterwards.class);
  }

  @Test
  void countingOnlyBeforeIsFoundOut() {
    assertFound(CountedBefore.class);
  }

  private static void assertFound(Class<? extends AnyCached> broken) {
    Linearizability.assertFinds(
        Linearizability.stress(300).sequentialSpecification(OneByOne.class), broken);
  }
}
