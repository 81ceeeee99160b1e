package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreReads;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.TimeLimit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads with a time limit. Thread-safe. */
final class SqlReads implements StoreReads {
  private final SqlReaders readers;
  private final Interrupter interrupter;
  private final TimeLimit limit;

  SqlReads(SqlReaders readers, Interrupter interrupter, TimeLimit limit) {
    this.readers = readers;
    this.interrupter = interrupter;
    this.limit = limit;
  }

  SqlReads within(TimeLimit newLimit) {
    return new SqlReads(readers, interrupter, newLimit);
  }

  @Override
  public Revision revision() {
    return read("generation cannot be read", SqlReader::revision);
  }

  @Override
  public AttributeTypes attributeTypes() {
    return read(StoreSnapshot::attributeTypes);
  }

  @Override
  public Optional<SeriesEntry> get(String id) {
    return read("series cannot be read", reader -> reader.snapshot(snapshot -> reader.get(id)));
  }

  @Override
  public Optional<TimeSeries> series(long key) {
    return read("series cannot be read", reader -> reader.series(key));
  }

  @Override
  public List<String> ids(Optional<Filter> filter, String after, int most) {
    return read("ids cannot be read", reader -> reader.ids(filter, after, most));
  }

  @Override
  public long count(Optional<Filter> filter, String after) {
    return read("series cannot be counted", reader -> reader.count(filter, after));
  }

  @Override
  public Rows select(Select select, Runnable checkpoint) {
    return read(
        "attributes cannot be selected",
        reader -> reader.snapshot(snapshot -> reader.select(select, checkpoint)));
  }

  @Override
  public <T> T read(Function<StoreSnapshot, T> reader) {
    return watched(
        watch ->
            readers.readOnce(
                "database cannot be read",
                own -> watch.on(own.connection(), () -> own.snapshot(reader))));
  }

  private <T> T read(String failure, SqlReaders.Reading<T> reading) {
    return watched(
        watch -> readers.read(failure, own -> watch.on(own.connection(), () -> reading.read(own))));
  }

  private <T> T watched(Function<Interrupter.Watch, T> reading) {
    try (Interrupter.Watch watch = interrupter.reading(limit)) {
      return reading.apply(watch);
    } catch (StoreException e) {
      throw interrupter.failure(limit, e);
    }
  }
}
