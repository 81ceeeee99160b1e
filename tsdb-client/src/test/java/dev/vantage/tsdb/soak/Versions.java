package dev.vantage.tsdb.soak;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Thread-safe. Records which series may have existed at which time. Each client writes only its own
 * ids, and reports each write before it is sent and after it is acknowledged.
 */
final class Versions {
  private static final long KEPT_NANOS = 60_000_000_000L;

  private final Map<String, List<Version>> byId = new ConcurrentHashMap<>();

  /** A series under an id, and when it may have been there. */
  static final class Version {
    final double[] row;
    private final long sent = System.nanoTime();
    private volatile long confirmed = Long.MAX_VALUE;
    private volatile long doubted = Long.MAX_VALUE;
    private volatile long gone = Long.MAX_VALUE;

    private Version(double[] row) {
      this.row = row;
    }

    /** Whether it may have been there at some time of these. */
    boolean mayHaveBeen(long from, long to) {
      return sent <= to && gone >= from;
    }

    /** Whether it was there all of the time. */
    boolean wasAlways(long from, long to) {
      return confirmed <= from && doubted > to;
    }
  }

  /** An insert or replace is about to be sent. */
  Version sending(String id, double[] row) {
    List<Version> all = byId.computeIfAbsent(id, missing -> new CopyOnWriteArrayList<>());
    long now = System.nanoTime();
    all.removeIf(old -> old.gone < now - KEPT_NANOS);
    all.forEach(old -> old.doubted = Math.min(old.doubted, now));
    Version version = new Version(row);
    all.add(version);
    return version;
  }

  /** It was acknowledged. */
  void acknowledged(String id, Version version) {
    long now = System.nanoTime();
    version.confirmed = now;
    byId.get(id).stream()
        .filter(old -> old != version)
        .forEach(old -> old.gone = Math.min(old.gone, now));
  }

  /** It was refused, without effect. */
  void refused(String id, Version version) {
    byId.get(id).remove(version);
    byId.get(id).stream()
        .filter(old -> old.gone == Long.MAX_VALUE)
        .forEach(old -> old.doubted = Long.MAX_VALUE);
  }

  /** A delete is about to be sent. */
  void deleting(String id) {
    long now = System.nanoTime();
    byId.get(id).forEach(old -> old.doubted = Math.min(old.doubted, now));
  }

  /** It was acknowledged. */
  void deleted(String id) {
    long now = System.nanoTime();
    byId.get(id).forEach(old -> old.gone = Math.min(old.gone, now));
  }

  /** It was refused. */
  void notDeleted(String id) {
    byId.get(id).stream()
        .filter(old -> old.gone == Long.MAX_VALUE)
        .forEach(old -> old.doubted = Long.MAX_VALUE);
  }

  List<Version> of(String id) {
    return byId.getOrDefault(id, List.of());
  }

  void forEach(BiConsumer<String, List<Version>> action) {
    byId.forEach(action);
  }
}
