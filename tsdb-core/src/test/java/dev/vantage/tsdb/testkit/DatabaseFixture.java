package dev.vantage.tsdb.testkit;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.engine.Database;
import dev.vantage.tsdb.engine.SettingsCodec;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.store.Store;

/** Databases over stores that a test has made. */
public final class DatabaseFixture {
  private DatabaseFixture() {}

  /** Opens a database with two threads, and room for all spectra. */
  public static Database over(Store store, Settings settings) {
    return new Database(
        settings, SettingsCodec.metric(settings), store, new Coprocessor(2), Long.MAX_VALUE);
  }
}
