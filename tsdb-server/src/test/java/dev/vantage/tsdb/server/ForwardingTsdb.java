package dev.vantage.tsdb.server;

import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Forwards every call to another database; tests override some calls. */
public class ForwardingTsdb implements Tsdb {
  private final Tsdb target;

  public ForwardingTsdb(Tsdb target) {
    this.target = target;
  }

  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> entries) {
    return target.insertAll(entries);
  }

  @Override
  public List<InsertOutcome> putAll(List<SeriesEntry> entries) {
    return target.putAll(entries);
  }

  @Override
  public List<AttributeOutcome> setAttributes(Map<String, AttributeChanges> changes) {
    return target.setAttributes(changes);
  }

  @Override
  public List<String> ids(IdQuery query) {
    return target.ids(query);
  }

  @Override
  public List<Curve> curves(List<String> ids, int points) {
    return target.curves(ids, points);
  }

  @Override
  public SearchResult search(Query query) {
    return target.search(query);
  }

  @Override
  public List<SearchResult> searchAll(List<Query> queries) {
    return target.searchAll(queries);
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
  public void delete(String id) {
    target.delete(id);
  }

  @Override
  public SeriesEntry get(String id) {
    return target.get(id);
  }

  @Override
  public long count(IdQuery query) {
    return target.count(query);
  }

  @Override
  public Rows select(Select select) {
    return target.select(select);
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
  public int addVantagePoint(String id) {
    return target.addVantagePoint(id);
  }

  @Override
  public Stats stats() {
    return target.stats();
  }

  /** Returns this database itself, so that the overridden calls of a test stay in effect. */
  @Override
  public Tsdb withTimeout(Duration timeout) {
    return this;
  }

  @Override
  public void close() {
    target.close();
  }
}
