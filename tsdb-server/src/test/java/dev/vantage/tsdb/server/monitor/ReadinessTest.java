package dev.vantage.tsdb.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.server.Databases;
import dev.vantage.tsdb.server.ForwardingTsdb;
import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.monitor.Readiness.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();

  private Tsdb answering(Supplier<List<String>> ids) {
    return new ForwardingTsdb(Databases.empty()) {
      @Override
      public Tsdb withTimeout(Duration timeout) {
        return this;
      }

      @Override
      public List<String> ids(IdQuery query) {
        asked.incrementAndGet();
        return ids.get();
      }
    };
  }

  @Test
  void aServerIsReadyFromItsStartToItsEnd() {
    try (Readiness readiness = new Readiness(LONG, now::get)) {
      assertEquals(Optional.of(Reason.STARTING), readiness.problem());
      readiness.serving(answering(List::of), Optional::empty);
      assertEquals(Optional.empty(), readiness.problem());
      readiness.draining();
      assertEquals(Optional.of(Reason.DRAINING), readiness.problem());
    }
  }

  @Test
  void theStorageIsAskedOnceASecond() {
    try (Readiness readiness = new Readiness(LONG, now::get)) {
      AtomicInteger failures = new AtomicInteger();
      readiness.serving(
          answering(
              () -> {
                if (failures.get() > 0) {
                  throw new StorageException("disk must answer");
                }
                return List.of();
              }),
          Optional::empty);
      assertEquals(Optional.empty(), readiness.problem());
      failures.set(1);
      now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
      assertEquals(Optional.empty(), readiness.problem());
      assertEquals(1, asked.get());
      now.incrementAndGet();
      assertEquals(Optional.of(Reason.STORAGE), readiness.problem());
      assertEquals(2, asked.get());
    }
  }

  @Test
  void whatKeepsEverybodyOutIsAReasonAndAKeptCertificateIsAWarning() {
    AtomicReference<Optional<AccessProblem>> access = new AtomicReference<>(Optional.empty());
    try (Readiness readiness = new Readiness(LONG, now::get)) {
      readiness.serving(answering(List::of), access::get);
      assertEquals(Optional.empty(), readiness.problem());
      assertEquals(Optional.empty(), readiness.warning());
      access.set(Optional.of(AccessProblem.TOKENS));
      assertEquals(Optional.of(Reason.TOKENS), readiness.problem());
      access.set(Optional.of(AccessProblem.CERTIFICATE_EXPIRED));
      assertEquals(Optional.of(Reason.CERTIFICATE), readiness.problem());
      access.set(Optional.of(AccessProblem.CERTIFICATE_KEPT));
      assertEquals(Optional.empty(), readiness.problem());
      assertEquals(Optional.of(Reason.CERTIFICATE), readiness.warning());
    }
  }

  @Test
  void aStorageThatHangsIsAskedByOne() {
    CountDownLatch release = new CountDownLatch(1);
    try (Readiness readiness = new Readiness(Duration.ofMillis(20), now::get)) {
      readiness.serving(
          answering(
              () -> {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new AssertionError("test was interrupted", e);
                }
                return List.of();
              }),
          Optional::empty);
      for (int i = 0; i < 5; i++) {
        assertEquals(Optional.of(Reason.STORAGE), readiness.problem());
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
      }
      assertEquals(1, asked.get());
      release.countDown();
    }
  }
}
