package dev.vantage.tsdb;

import dev.vantage.tsdb.series.InvalidAttributeException;

/**
 * The most attributes per series and per database. Immutable. The limits apply to writes only: a
 * database that already has more can be opened and searched, and accepts series whose attributes
 * are declared.
 *
 * @param perSeries the most attributes that one series may have, from 0
 * @param perDatabase the most attributes that may be declared in a database, from 0
 */
public record AttributeLimits(int perSeries, int perDatabase) {
  /** 1000 attributes per series, 10,000 per database. */
  public static final AttributeLimits DEFAULT = new AttributeLimits(1000, 10_000);

  public AttributeLimits {
    if (perSeries < 0 || perDatabase < 0) {
      throw new InvalidRequestException(
          "attribute limits must be >= 0: per series="
              + perSeries
              + ", per database="
              + perDatabase);
    }
  }

  /**
   * Checks the attributes of one series.
   *
   * @param attributes how many attributes the series has
   * @throws InvalidAttributeException if they are more than {@link #perSeries}
   */
  public void checkSeries(int attributes) {
    if (attributes > perSeries) {
      throw new InvalidAttributeException(
          "attribute count of a series must be <= " + perSeries + ": attributes=" + attributes);
    }
  }

  /**
   * Checks the attributes of a database.
   *
   * @param attributes how many attributes are declared
   * @throws InvalidAttributeException if they are more than {@link #perDatabase}
   */
  public void checkDatabase(int attributes) {
    if (attributes > perDatabase) {
      throw new InvalidAttributeException(
          "attribute count of a database must be <= " + perDatabase + ": attributes=" + attributes);
    }
  }
}
