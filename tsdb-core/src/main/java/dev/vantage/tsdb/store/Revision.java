package dev.vantage.tsdb.store;

import java.util.OptionalLong;

/**
 * Identifies one state of one stored database. Immutable. Generations and storage keys alone do not
 * identify a state: a database restored to an earlier state uses both again.
 *
 * @param databaseId a random id; a restored copy gets a new one; 0 in old formats
 * @param generation grows with every change
 * @param changeId random: the id of the change that led here; 0 in old formats
 * @param lastKey the greatest storage key that was ever used
 * @param seriesChecksum the sum of {@link #checksumOf} over the keys of all series, modulo 2^64;
 *     empty in old formats and in memory
 */
public record Revision(
    long databaseId, long generation, long changeId, long lastKey, OptionalLong seriesChecksum) {

  /**
   * Computes the contribution of a series to the checksum of all series.
   *
   * @param key its storage key
   * @return the contribution: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014,
   *     doi:10.1145/2660193.2660195)
   */
  public static long checksumOf(long key) {
    long mixed = key + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /**
   * Compares the checksum of all series.
   *
   * @param sum the sum of {@link #checksumOf} over some keys
   * @return whether the keys are those of all series of this state; true if the checksum is unknown
   */
  public boolean hasSeries(long sum) {
    return seriesChecksum.isEmpty() || seriesChecksum.getAsLong() == sum;
  }
}
