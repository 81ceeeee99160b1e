package dev.vantage.tsdb.engine.verify;

import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.PointSummary;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of all series and compares summaries with the points. Not thread-safe. */
final class DescriptionVerifier {
  private static final int SERIES_AT_ONCE = 256;

  /** The largest relative difference that rounding may cause. */
  private static final double CLOSE = 1e-9;

  private final StoreSnapshot snapshot;
  private final Problems findings;
  private final Map<Long, Expected> batch = new LinkedHashMap<>();

  private record Expected(String id, PointSummary summary) {}

  DescriptionVerifier(StoreSnapshot snapshot, Problems findings) {
    this.snapshot = snapshot;
    this.findings = findings;
  }

  /** Takes a series, in the order of the keys. */
  void verify(IndexedSeries one) {
    PointSummary summary = PointSummary.of(one.entry().series(), Optional.empty());
    batch.put(one.key(), new Expected(one.entry().id(), summary));
    if (batch.size() >= SERIES_AT_ONCE) {
      finish();
    }
  }

  /** After the last series. */
  void finish() {
    if (batch.isEmpty()) {
      return;
    }
    long first = batch.keySet().iterator().next();
    long last = batch.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    Map<Long, DescribedSeries> described = new HashMap<>();
    try {
      snapshot.describe(first - 1, last, one -> described.put(one.key(), one));
      batch.forEach((key, expected) -> compare(expected, described.get(key)));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.DAMAGED) {
        batch.forEach(this::verifyAlone);
      } else {
        findings.add(e.getMessage());
      }
    }
    batch.clear();
  }

  private void verifyAlone(long key, Expected expected) {
    Map<Long, DescribedSeries> described = new HashMap<>();
    try {
      snapshot.describe(key - 1, key, one -> described.put(key, one));
      compare(expected, described.get(key));
    } catch (StoreException e) {
      findings.add(e.getMessage() + ", id=" + expected.id());
    }
  }

  private void compare(Expected expected, @Nullable DescribedSeries described) {
    if (described == null) {
      findings.add("every series must have a summary: id=" + expected.id());
    } else if (!isClose(expected.summary(), described.summary())) {
      findings.add("summary must match the points of the series: id=" + expected.id());
    }
  }

  private static boolean isClose(PointSummary computed, PointSummary stored) {
    double tolerance = CLOSE * (Math.abs(computed.mean()) + computed.std());
    return computed.length() == stored.length()
        && Math.abs(computed.mean() - stored.mean()) <= tolerance
        && Math.abs(computed.std() - stored.std()) <= tolerance;
  }
}
