package dev.vantage.tsdb;

import java.util.Objects;

/**
 * How a server caches answers so that it can repeat them without a search. Immutable.
 *
 * @param capacityMb the most memory that cached answers may take, in MB of 2^20 bytes, from 0
 *     (cache off) to {@link #MAX_CAPACITY_MB}
 * @param policy which answers are evicted first when the cache is full
 */
public record CacheSettings(int capacityMb, CachePolicy policy) {
  /** The greatest capacity, in MB. */
  public static final int MAX_CAPACITY_MB = 1 << 20;

  /** 64 MB, {@link CachePolicy#TINYLFU}. */
  public static final CacheSettings DEFAULT = new CacheSettings(64, CachePolicy.TINYLFU);

  /** Caches nothing. */
  public static final CacheSettings OFF = DEFAULT.withCapacityMb(0);

  public CacheSettings {
    checkCapacity(capacityMb);
    Objects.requireNonNull(policy, "policy");
  }

  /**
   * Checks a capacity.
   *
   * @param capacityMb the capacity in MB
   * @return the capacity
   * @throws InvalidRequestException if it is out of range
   */
  public static int checkCapacity(long capacityMb) {
    if (capacityMb < 0 || capacityMb > MAX_CAPACITY_MB) {
      throw new InvalidRequestException(
          "capacity_mb must be from 0 to " + MAX_CAPACITY_MB + ": capacity_mb=" + capacityMb);
    }
    return (int) capacityMb;
  }

  /**
   * Changes the capacity.
   *
   * @param capacityMb the capacity in MB
   * @return a copy with that capacity
   */
  public CacheSettings withCapacityMb(int capacityMb) {
    return new CacheSettings(capacityMb, policy);
  }

  /**
   * Changes the policy.
   *
   * @param policy the policy
   * @return a copy with that policy
   */
  public CacheSettings withPolicy(CachePolicy policy) {
    return new CacheSettings(capacityMb, policy);
  }

  /** {@return the capacity in bytes} */
  public long capacityBytes() {
    return (long) capacityMb << 20;
  }
}
