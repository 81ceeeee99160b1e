package dev.vantage.tsdb.store;

import java.util.List;

/**
 * What a checkpoint of the index was made from. Series with greater keys and those removed since
 * are the difference to what is stored now.
 *
 * @param generation the generation of the store
 * @param lastKey the greatest storage key that had been used
 * @param series how many series there were
 * @param vantagePoints storage keys of the vantage points, in their order
 */
public record Checkpoint(long generation, long lastKey, int series, List<Long> vantagePoints) {
  /** Copies the list. */
  public Checkpoint {
    vantagePoints = List.copyOf(vantagePoints);
  }
}
