package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.DatabaseInUseException;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.archive.BadArchiveException;
import dev.vantage.tsdb.index.SeriesGoneException;
import dev.vantage.tsdb.store.StoreException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Translates failures of the storage and the engine into exceptions of the public interface. */
public final class StoreFailures {
  private StoreFailures() {}

  public static <T> T translated(Supplier<T> action) {
    try {
      return action.get();
    } catch (StoreException e) {
      throw switch (e.kind()) {
        case IN_USE -> new DatabaseInUseException(e.getMessage());
        case DAMAGED -> new DamagedDatabaseException(e.getMessage(), e);
        case UNAVAILABLE, REPLACED -> new StorageUnavailableException(e.getMessage(), e);
        case INTERRUPTED -> new DeadlineExceededException(e.getMessage());
        case OUTCOME_UNKNOWN -> new OutcomeUnknownException(e.getMessage(), e);
        case INVALID_LOCATION -> new InvalidLocationException(e.getMessage(), e);
        case FAILED -> new StorageException(e.getMessage(), e);
      };
    } catch (BadArchiveException e) {
      throw new InvalidLocationException(e.getMessage(), e);
    } catch (SeriesGoneException e) {
      throw new DamagedDatabaseException(e.getMessage(), e);
    } catch (RejectedExecutionException e) {
      throw new ShuttingDownException("database must be open: it is being closed");
    }
  }
}
