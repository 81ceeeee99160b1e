package dev.vantage.tsdb;

import dev.vantage.tsdb.series.InvalidAttributeException;

/**
 * How many attributes there may be. They bound what is written; a database that has more already
 * opens, answers, and takes series whose attributes it knows. Immutable.
 *
 * @param perSeries the most attributes that one series may have, from 0
 * @param perDatabase the most attributes that may be declared in a database, from 0
 */
public record AttributeLimits(int perSeries, int perDatabase) {
  /** 1000 for a series, 10,000 in a database. */
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

  public void checkSeries(int attributes) {
    if (attributes > perSeries) {
      throw new InvalidAttributeException(
          "attribute count of a series must be <= " + perSeries + ": attributes=" + attributes);
    }
  }

  public void checkDatabase(int attributes) {
    if (attributes > perDatabase) {
      throw new InvalidAttributeException(
          "attribute count of a database must be <= " + perDatabase + ": attributes=" + attributes);
    }
  }
}
