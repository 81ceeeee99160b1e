package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.protocol.Room;
import java.util.function.LongFunction;

/**
 * What the request of one connection takes of the memory that all share. A small request takes
 * nothing, so that small ones never wait for large ones. Not thread-safe, but may be handed from
 * thread to thread.
 */
final class RequestMemory implements Room {
  /** A request that takes at most this of memory, in bytes, takes nothing of what is shared. */
  static final int FREE_BYTES = 64 * 1024;

  private final int freeBytes;
  private final ByteBudget budget;
  private final LongFunction<RuntimeException> refusal;
  private long used;
  private long taken;

  /**
   * Makes the memory of a connection.
   *
   * @param freeBytes what a request may take beside the budget
   * @param budget what all share
   * @param refusal makes what is thrown where there is no room for a number of bytes
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

  /** Uses a number of bytes from now on, if there is room for them. */
  private boolean reaches(long bytes) {
    long due = Math.max(0, bytes - freeBytes) - taken;
    if (due > 0 && !budget.tryTake(due)) {
      return false;
    }
    taken += Math.max(0, due);
    used = bytes;
    return true;
  }

  /** Gives back all but a number of bytes. */
  void keep(long bytes) {
    long kept = Math.min(taken, Math.max(0, bytes - freeBytes));
    budget.giveBack(taken - kept);
    taken = kept;
    used = bytes;
  }
}
