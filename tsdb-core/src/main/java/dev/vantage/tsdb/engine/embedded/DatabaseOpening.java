package dev.vantage.tsdb.engine.embedded;

import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.engine.Database;
import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.SettingsCodec;
import dev.vantage.tsdb.store.Store;
import java.util.Optional;

/**
 * Opens the database at a location, and checks that it may be created or must exist, and that its
 * settings are the wanted ones. Immutable.
 *
 * @param leastSeries the fewest series for which checkpoints are written
 */
record DatabaseOpening(Location location, OpenOptions options, int leastSeries) {
  /** Opens or creates the database. The caller closes it. */
  Database open() {
    Optional<Settings> wanted = options.settings().map(SettingsCodec::complete);
    checkExistence();
    boolean readOnly = options.access() == OpenOptions.Access.READ_ONLY;
    Settings initial = wanted.orElse(Settings.DEFAULT);
    Store store =
        readOnly ? location.openToRead() : location.openToWrite(SettingsCodec.properties(initial));
    try {
      Settings settings = SettingsCodec.read(store.properties());
      checkSettings(settings, wanted);
      return new Database(
          settings,
          SettingsCodec.metric(settings),
          store,
          Database.pool(options),
          options.spectra().room(),
          leastSeries);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private void checkExistence() {
    OpenOptions.Access access = options.access();
    boolean exists = location.exists();
    if (exists && access == OpenOptions.Access.CREATE) {
      throw new InvalidLocationException(
          location.kind() + " must not hold a database: " + location);
    }
    boolean mustExist =
        access == OpenOptions.Access.WRITE || access == OpenOptions.Access.READ_ONLY;
    if (!exists && mustExist) {
      throw new InvalidLocationException(location.kind() + " must hold a database: " + location);
    }
  }

  private static void checkSettings(Settings stored, Optional<Settings> wanted) {
    if (wanted.isPresent() && !wanted.get().equals(stored)) {
      throw new InvalidRequestException(
          "settings must equal those of the database: given="
              + wanted.get()
              + ", stored="
              + stored);
    }
  }
}
