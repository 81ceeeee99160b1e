package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.protocol.op.AddAttribute;
import dev.vantage.tsdb.protocol.op.AddVantagePoint;
import dev.vantage.tsdb.protocol.op.CacheStatistics;
import dev.vantage.tsdb.protocol.op.ClearCache;
import dev.vantage.tsdb.protocol.op.ConfigureCache;
import dev.vantage.tsdb.protocol.op.Count;
import dev.vantage.tsdb.protocol.op.Curves;
import dev.vantage.tsdb.protocol.op.Delete;
import dev.vantage.tsdb.protocol.op.Eval;
import dev.vantage.tsdb.protocol.op.Get;
import dev.vantage.tsdb.protocol.op.Ids;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.protocol.op.ListAttributes;
import dev.vantage.tsdb.protocol.op.Ping;
import dev.vantage.tsdb.protocol.op.Request;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import dev.vantage.tsdb.protocol.op.SelectRows;
import dev.vantage.tsdb.protocol.op.SetAttributes;
import dev.vantage.tsdb.protocol.op.SimilarSeriesRequest;
import dev.vantage.tsdb.protocol.op.Statistics;
import dev.vantage.tsdb.server.cache.ResultCache;
import java.time.Duration;
import java.util.List;

/** Executes each operation on the database and makes the payload of its answer. */
final class Operations {
  private final Tsdb tsdb;
  private final ResultCache cache;
  private final RequestLimits limits;
  private final Gauges gauges;
  private final Lanes lanes;
  private final Duration timeout;

  /** Prepares operations that must end within a time. */
  Operations(
      Tsdb tsdb,
      ResultCache cache,
      RequestLimits limits,
      Gauges gauges,
      Lanes lanes,
      Duration timeout) {
    this.tsdb = tsdb.withTimeout(timeout);
    this.lanes = lanes;
    this.timeout = timeout;
    this.cache = cache;
    this.limits = limits;
    this.gauges = gauges;
  }

  Payload run(Request request, Handling handling) {
    if (request instanceof SimilarSeriesRequest search) {
      SearchResult result = search(search.query());
      handling.searched(result.report());
      return SearchAnswer.payload(result, search.answerForm());
    }
    if (request instanceof Get get) {
      return Get.payload(tsdb.get(get.id()));
    }
    if (request instanceof Ids ids) {
      return Ids.payload(ids(ids));
    }
    if (request instanceof Count count) {
      return Count.payload(
          tsdb.count(count.where().map(IdQuery.all()::where).orElse(IdQuery.all())));
    }
    if (request instanceof SelectRows select) {
      limits.checkAnswer(select.select().limit());
      return SelectRows.payload(tsdb.select(select.select()));
    }
    if (request instanceof Eval eval) {
      return new Programs(new ProgramDatabase(tsdb, cache, limits), limits, lanes::giveWay)
          .run(eval, timeout);
    }
    if (request instanceof Curves curves) {
      return Curves.payload(tsdb.curves(curves.ids(), curves.points()));
    }
    return small(request);
  }

  private Payload small(Request request) {
    if (request instanceof Ping) {
      return Ping.payload();
    }
    if (request instanceof Insert insert) {
      return insert(insert);
    }
    if (request instanceof Delete delete) {
      tsdb.delete(delete.id());
      return Delete.payload(delete.id());
    }
    if (request instanceof Statistics) {
      return Statistics.payload(tsdb.stats().withServer(gauges.read()));
    }
    if (request instanceof AddVantagePoint add) {
      return AddVantagePoint.payload(add.id(), tsdb.addVantagePoint(add.id()));
    }
    if (request instanceof ListAttributes) {
      return ListAttributes.payload(tsdb.attributeTypes());
    }
    if (request instanceof AddAttribute add) {
      tsdb.declareAttribute(add.name(), add.type());
      return AddAttribute.payload(add.name(), add.type());
    }
    if (request instanceof SetAttributes change) {
      tsdb.setAttributes(change.id(), change.changes());
      return SetAttributes.payload(change.id());
    }
    if (request instanceof CacheStatistics) {
      return CacheStatistics.payload(cache.stats());
    }
    if (request instanceof ConfigureCache change) {
      return ConfigureCache.payload(cache.configure(change.capacityMb(), change.policy()));
    }
    if (request instanceof ClearCache) {
      return ClearCache.payload(cache.clear());
    }
    throw new IllegalStateException("operation must be served: op=" + request.op());
  }

  private SearchResult search(Query query) {
    NeighborLimit limit = new NeighborLimit(limits.maxK());
    return limit.checked(tsdb.search(limit.bounded(query)));
  }

  private List<String> ids(Ids ids) {
    limits.checkAnswer(ids.limit());
    IdQuery query = IdQuery.first(ids.limit()).after(ids.after().orElse(""));
    return tsdb.ids(ids.where().map(query::where).orElse(query));
  }

  private Payload insert(Insert insert) {
    boolean created = true;
    if (insert.replace()) {
      created = tsdb.put(insert.entry());
    } else {
      tsdb.insert(insert.entry());
    }
    return Insert.payload(insert.entry().id(), created);
  }
}
