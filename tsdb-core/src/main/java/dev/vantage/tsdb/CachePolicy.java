package dev.vantage.tsdb;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** Which answers a server's full cache evicts first. */
public enum CachePolicy {
  /**
   * W-TinyLFU: evicts the answers that were requested least often recently. A burst of unique
   * queries does not evict answers that are requested repeatedly.
   */
  TINYLFU,
  /** Evicts the answers that were requested longest ago. */
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
    Objects.requireNonNull(label, "label");
    return Arrays.stream(values())
        .filter(policy -> policy.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new InvalidRequestException("policy must be tinylfu or lru: policy=" + label));
  }
}
