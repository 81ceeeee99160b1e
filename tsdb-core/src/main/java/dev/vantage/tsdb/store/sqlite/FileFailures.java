package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;

/** Translates failures of the file system into failures of the store. */
final class FileFailures {
  private FileFailures() {}

  /** Translates a failure of the file system. The given path may be its cause. */
  static StoreException of(String message, IOException cause) {
    StoreException.Kind kind =
        FileChecks.isOfPath(cause)
            ? StoreException.Kind.INVALID_LOCATION
            : StoreException.Kind.UNAVAILABLE;
    return new StoreException(kind, message + ", reason=" + FileChecks.reason(cause), cause);
  }
}
