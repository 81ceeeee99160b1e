package dev.vantage.tsdb.store;

import java.util.List;

/**
 * The stored state from which a checkpoint of the index was made. Immutable. Series with greater
 * keys and series removed since are the difference to the current state.
 *
 * @param generation the generation of the store
 * @param lastKey the greatest storage key that had been used
 * @param series the number of series
 * @param vantagePoints storage keys of the vantage points, in their order
 */
public record Checkpoint(long generation, long lastKey, int series, List<Long> vantagePoints) {
  /** Copies the list. */
  public Checkpoint {
    vantagePoints = List.copyOf(vantagePoints);
  }
}
