package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.protocol.Room;
import java.util.function.LongFunction;

/**
 * The part of the shared memory that the request and answer of one connection take. Not
 * thread-safe, but may be passed from thread to thread. Small requests take nothing, so large
 * requests never block them.
 */
final class RequestMemory implements Room {
  /** The first bytes of each request and answer, which are not counted. */
  static final int FREE_BYTES = 64 * 1024;

  private final int freeBytes;
  private final ByteBudget budget;
  private final LongFunction<RuntimeException> refusal;
  private long used;
  private long taken;

  /**
   * Makes the memory account of a connection.
   *
   * @param freeBytes bytes of a request that are not counted
   * @param budget the bytes that all connections share
   * @param refusal creates the exception for a budget with too few bytes
   */
  RequestMemory(int freeBytes, ByteBudget budget, LongFunction<RuntimeException> refusal) {
    this.freeBytes = freeBytes;
    this.budget = budget;
    this.refusal = refusal;
  }

  @Override
  public void take(long bytes) {
    if (!reaches(used + bytes)) {
      throw refusal.apply(bytes);
    }
  }

  /** Takes bytes of the budget until this many are covered. False if the budget has too few. */
  private boolean reaches(long bytes) {
    long due = Math.max(0, bytes - freeBytes) - taken;
    if (due > 0 && !budget.tryTake(due)) {
      return false;
    }
    taken += Math.max(0, due);
    used = bytes;
    return true;
  }

  /** Returns all memory beyond this many bytes to the budget. */
  void keep(long bytes) {
    long kept = Math.min(taken, Math.max(0, bytes - freeBytes));
    budget.giveBack(taken - kept);
    taken = kept;
    used = bytes;
  }
}
