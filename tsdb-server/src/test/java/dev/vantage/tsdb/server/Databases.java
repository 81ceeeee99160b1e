package dev.vantage.tsdb.server;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;

/** Databases for tests. */
public final class Databases {
  private Databases() {}

  /** An empty one, with short series and as few vantage points as there can be. */
  public static Tsdb empty() {
    return Tsdb.inMemory(Settings.DEFAULT.withLength(16).withVantagePoints(1), 1);
  }
}
