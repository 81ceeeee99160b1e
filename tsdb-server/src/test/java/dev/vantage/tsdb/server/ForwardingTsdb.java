package dev.vantage.tsdb.server;

import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.time.Duration;
import java.util.List;

/** A database that hands every call to another, so that a test can stand in the way of some. */
public class ForwardingTsdb implements Tsdb {
  private final Tsdb target;

  public ForwardingTsdb(Tsdb target) {
    this.target = target;
  }

  @Override
  public void insert(SeriesEntry entry) {
    target.insert(entry);
  }

  @Override
  public boolean put(SeriesEntry entry) {
    return target.put(entry);
  }

  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> entries, boolean replace) {
    return target.insertAll(entries, replace);
  }

  @Override
  public void delete(String id) {
    target.delete(id);
  }

  @Override
  public SeriesEntry get(String id) {
    return target.get(id);
  }

  @Override
  public List<String> ids(int limit) {
    return target.ids(limit);
  }

  @Override
  public List<String> idsAfter(String after, int limit) {
    return target.idsAfter(after, limit);
  }

  @Override
  public List<String> ids(Condition where, int limit) {
    return target.ids(where, limit);
  }

  @Override
  public List<String> idsAfter(Condition where, String after, int limit) {
    return target.idsAfter(where, after, limit);
  }

  @Override
  public AttributeTypes attributeTypes() {
    return target.attributeTypes();
  }

  @Override
  public void declareAttribute(String name, AttributeValue.Type type) {
    target.declareAttribute(name, type);
  }

  @Override
  public SearchResult similar(String id, Query query) {
    return target.similar(id, query);
  }

  @Override
  public SearchResult similar(TimeSeries series, Query query) {
    return target.similar(series, query);
  }

  @Override
  public List<SearchResult> similarAll(List<String> ids, Query query) {
    return target.similarAll(ids, query);
  }

  @Override
  public List<SearchResult> similarToEach(List<TimeSeries> series, Query query) {
    return target.similarToEach(series, query);
  }

  @Override
  public int addVantagePoint(String id) {
    return target.addVantagePoint(id);
  }

  @Override
  public Stats stats() {
    return target.stats();
  }

  /** This database itself, so that what a test stands in the way of stays so. */
  @Override
  public Tsdb withTimeout(Duration timeout) {
    return this;
  }

  @Override
  public void close() {
    target.close();
  }
}
