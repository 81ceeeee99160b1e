package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.CheckpointStore;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreReads;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.TimeLimit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The common part of all SQL stores. Thread-safe. */
public abstract class SqlStore implements Store {
  private final SqlReaders readers;
  private final Interrupter interrupter;
  private final SqlReads reads;
  private final Optional<SqlWriting> writing;
  private final SqlCheckpointStore checkpoints;
  private final SortedMap<String, String> properties;

  /**
   * Creates a store over connections. The store closes them when it is closed. If this constructor
   * fails, it closes the reading connections.
   *
   * @param writing the connection that writes; empty in a store open for reading only
   */
  public SqlStore(SqlDatabase database, SqlReaders readers, Optional<SqlWriting> writing) {
    this.readers = readers;
    this.writing = writing;
    interrupter = new Interrupter(database);
    reads = new SqlReads(readers, interrupter, TimeLimit.NONE);
    try {
      checkpoints = new SqlCheckpointStore(database, readers, writing, interrupter);
      properties =
          Collections.unmodifiableSortedMap(
              readers.read("properties cannot be read", SqlReader::properties));
    } catch (RuntimeException e) {
      readers.close();
      throw e;
    }
  }

  @Override
  public StoreReads within(TimeLimit limit) {
    return reads.within(limit);
  }

  @Override
  public boolean canBeInterrupted() {
    return true;
  }

  @Override
  public SortedMap<String, String> properties() {
    return properties;
  }

  @Override
  public Revision revision() {
    return reads.revision();
  }

  @Override
  public Revision applied() {
    return checkpoints.applied();
  }

  @Override
  public AttributeTypes attributeTypes() {
    return reads.attributeTypes();
  }

  @Override
  public void apply(Change change, TimeLimit limit) {
    checkpoints.apply(change, limit);
  }

  @Override
  public Optional<SeriesEntry> get(String id) {
    return reads.get(id);
  }

  @Override
  public Optional<TimeSeries> series(long key) {
    return reads.series(key);
  }

  @Override
  public Optional<TimeSeries> series(long key, Revision known) {
    return readers.read("series cannot be read", reader -> reader.series(key, known));
  }

  @Override
  public List<String> ids(Optional<Filter> filter, String after, int limit) {
    return reads.ids(filter, after, limit);
  }

  @Override
  public long count(Optional<Filter> filter, String after) {
    return reads.count(filter, after);
  }

  @Override
  public Rows select(Select select, Runnable checkpoint) {
    return reads.select(select, checkpoint);
  }

  @Override
  public <T> T read(Function<StoreSnapshot, T> reader) {
    return reads.read(reader);
  }

  @Override
  public Optional<CheckpointStore> checkpoints() {
    return Optional.of(checkpoints);
  }

  @Override
  public boolean isUnsettled() {
    return writing.map(SqlWriting::isUnsettled).orElse(false);
  }

  @Override
  public void settle(Consumer<StoreSnapshot> reader) {
    checkpoints.settle(
        () ->
            read(
                snapshot -> {
                  reader.accept(snapshot);
                  return true;
                }));
  }

  @Override
  public List<String> check() {
    return readers.read("structure cannot be checked", SqlReader::check);
  }

  @Override
  public void close() {
    interrupter.close();
    readers.close();
    writing.ifPresent(SqlWriting::close);
  }
}
