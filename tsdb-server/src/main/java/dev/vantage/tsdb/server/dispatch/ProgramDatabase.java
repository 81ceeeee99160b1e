package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import dev.vantage.tsdb.protocol.op.WithId;
import dev.vantage.tsdb.protocol.op.WithTs;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.server.cache.Lookup;
import dev.vantage.tsdb.server.cache.ResultCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The database as programs of clients see it: read-only, within the limits on requests, and with
 * the cached answers of searches. Thread-safe.
 */
final class ProgramDatabase implements Tsdb {
  private final Tsdb tsdb;
  private final ResultCache cache;
  private final RequestLimits limits;
  private final NeighborLimit neighbors;

  ProgramDatabase(Tsdb tsdb, ResultCache cache, RequestLimits limits) {
    this.tsdb = tsdb;
    this.cache = cache;
    this.limits = limits;
    this.neighbors = new NeighborLimit(limits.maxK());
  }

  @Override
  public SearchResult search(Query query) {
    return searchAll(List.of(query)).get(0);
  }

  @Override
  public List<SearchResult> searchAll(List<Query> queries) {
    List<Query> bounded = queries.stream().map(neighbors::bounded).toList();
    List<SimilarSeriesRequest> requests = queries.stream().map(ProgramDatabase::request).toList();
    List<Lookup> lookups = requests.stream().map(cache::find).toList();
    if (lookups.stream().allMatch(lookup -> lookup.payload().isPresent())) {
      List<SearchResult> known = new ArrayList<>();
      for (int i = 0; i < queries.size(); i++) {
        Body payload = lookups.get(i).payload().orElseThrow();
        known.add(SearchAnswer.answer(Json.toTree(payload), queries.get(i)));
      }
      return known;
    }
    List<SearchResult> found =
        bounded.size() == 1 ? List.of(tsdb.search(bounded.get(0))) : tsdb.searchAll(bounded);
    for (int i = 0; i < found.size(); i++) {
      SearchResult result = neighbors.checked(found.get(i));
      if (result.report().exact()) {
        lookups
            .get(i)
            .keep(
                Json.toBody(
                    SearchAnswer.payload(result, requests.get(i).answerForm()), Room.ENDLESS));
      }
    }
    return found;
  }

  private static SimilarSeriesRequest request(Query query) {
    return query.id().isPresent() ? new WithId(query, true) : new WithTs(query, true);
  }

  @Override
  public SeriesEntry get(String id) {
    return tsdb.get(id);
  }

  @Override
  public List<String> ids(IdQuery query) {
    limits.checkAnswer(query.limit());
    return tsdb.ids(query);
  }

  @Override
  public long count(IdQuery query) {
    return tsdb.count(query);
  }

  @Override
  public Rows select(Select select) {
    limits.checkAnswer(select.limit());
    return tsdb.select(select);
  }

  @Override
  public List<Curve> curves(List<String> ids, int points) {
    return tsdb.curves(ids, points);
  }

  @Override
  public AttributeTypes attributeTypes() {
    return tsdb.attributeTypes();
  }

  @Override
  public Stats stats() {
    return tsdb.stats();
  }

  @Override
  public Tsdb withTimeout(Duration timeout) {
    return new ProgramDatabase(tsdb.withTimeout(timeout), cache, limits);
  }

  @Override
  public void insert(SeriesEntry entry) {
    throw writes();
  }

  @Override
  public boolean put(SeriesEntry entry) {
    throw writes();
  }

  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> entries) {
    throw writes();
  }

  @Override
  public List<InsertOutcome> putAll(List<SeriesEntry> entries) {
    throw writes();
  }

  @Override
  public List<AttributeOutcome> setAttributes(Map<String, AttributeChanges> changes) {
    throw writes();
  }

  @Override
  public void delete(String id) {
    throw writes();
  }

  @Override
  public void declareAttribute(String name, AttributeValue.Type type) {
    throw writes();
  }

  @Override
  public int addVantagePoint(String id) {
    throw writes();
  }

  /** The language has no form that writes; this holds for every form that may come. */
  private static ReadOnlyException writes() {
    return new ReadOnlyException("program must not write to the database");
  }

  @Override
  public void close() {
    // The server closes the database.
  }
}
