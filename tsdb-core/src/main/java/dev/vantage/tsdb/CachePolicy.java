package dev.vantage.tsdb;

import java.util.Arrays;
import java.util.Locale;

/** Which answers a full cache of a server gives up for others. */
public enum CachePolicy {
  /**
   * Those that were asked for least often of late: W-TinyLFU. A passing crowd of questions that are
   * asked once does not drive out what is asked again and again.
   */
  TINYLFU,
  /** Those that were asked for longest ago. */
  LRU;

  /** {@return the name in options and on the wire, in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a policy by its name.
   *
   * @param label the name, in lower case
   * @return the policy
   * @throws InvalidRequestException if there is no such policy
   */
  public static CachePolicy ofLabel(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new InvalidRequestException("policy must be tinylfu or lru: policy=" + label));
  }
}
