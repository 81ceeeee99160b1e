package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All contents of a store, to compare it with another. */
public record StoreContents(
    long generation,
    long lastKey,
    AttributeTypes types,
    List<Long> vantagePoints,
    List<Long> keys,
    List<Row> rows,
    List<DescribedSeries> described,
    List<String> ids,
    List<SeriesEntry> entries) {

  public record Row(long key, String id, TimeSeries series, List<Double> distances) {}

  public static StoreContents of(Store store) {
    List<String> ids = store.ids(Optional.empty(), "", Integer.MAX_VALUE);
    List<SeriesEntry> entries = ids.stream().map(id -> store.get(id).orElseThrow()).toList();
    return store.read(
        snapshot -> {
          List<Row> rows = new ArrayList<>();
          snapshot.forEach(0, one -> rows.add(row(one)));
          List<DescribedSeries> described = new ArrayList<>();
          snapshot.describe(described::add);
          return new StoreContents(
              snapshot.generation(),
              store.lastKey(),
              snapshot.attributeTypes(),
              snapshot.vantagePoints(),
              Arrays.stream(snapshot.keys()).boxed().toList(),
              rows,
              described,
              ids,
              entries);
        });
  }

  private static Row row(IndexedSeries one) {
    return new Row(
        one.key(),
        one.entry().id(),
        one.entry().series(),
        Arrays.stream(one.distances()).boxed().toList());
  }
}
