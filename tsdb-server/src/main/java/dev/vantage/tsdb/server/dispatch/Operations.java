package dev.vantage.tsdb.server.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.CachePayloads;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.protocol.Payloads;
import dev.vantage.tsdb.protocol.Request;
import dev.vantage.tsdb.protocol.Request.AddAttribute;
import dev.vantage.tsdb.protocol.Request.AddVantagePoint;
import dev.vantage.tsdb.protocol.Request.CacheStatistics;
import dev.vantage.tsdb.protocol.Request.ClearCache;
import dev.vantage.tsdb.protocol.Request.ConfigureCache;
import dev.vantage.tsdb.protocol.Request.Delete;
import dev.vantage.tsdb.protocol.Request.Get;
import dev.vantage.tsdb.protocol.Request.Ids;
import dev.vantage.tsdb.protocol.Request.Insert;
import dev.vantage.tsdb.protocol.Request.ListAttributes;
import dev.vantage.tsdb.protocol.Request.Ping;
import dev.vantage.tsdb.protocol.Request.Statistics;
import dev.vantage.tsdb.protocol.Request.WithId;
import dev.vantage.tsdb.protocol.Request.WithTs;
import dev.vantage.tsdb.server.cache.ResultCache;
import java.util.List;

/** What each operation asks of the database, and answers. */
final class Operations {
  private final Tsdb tsdb;
  private final ResultCache cache;
  private final RequestLimits limits;
  private final Gauges gauges;

  Operations(Tsdb tsdb, ResultCache cache, RequestLimits limits, Gauges gauges) {
    this.tsdb = tsdb;
    this.cache = cache;
    this.limits = limits;
    this.gauges = gauges;
  }

  Payload run(Request request, Handling handling) {
    if (request instanceof WithId search) {
      return found(search(search.query()), search.explained(), handling);
    }
    if (request instanceof WithTs search) {
      return found(search(search.query()), search.explained(), handling);
    }
    if (request instanceof Get get) {
      return Payloads.writing(tsdb.get(get.id()));
    }
    if (request instanceof Ids ids) {
      return Payloads.writing(ids(ids));
    }
    return Payload.of(small(request));
  }

  private JsonNode small(Request request) {
    if (request instanceof Ping) {
      return Payloads.pong();
    }
    if (request instanceof Insert insert) {
      return insert(insert);
    }
    if (request instanceof Delete delete) {
      tsdb.delete(delete.id());
      return Payloads.deleted(delete.id());
    }
    if (request instanceof Statistics) {
      return Payloads.of(tsdb.stats().withServer(gauges.read()));
    }
    if (request instanceof AddVantagePoint add) {
      return Payloads.vantagePointAdded(add.id(), tsdb.addVantagePoint(add.id()));
    }
    if (request instanceof ListAttributes) {
      return Payloads.of(tsdb.attributeTypes());
    }
    if (request instanceof AddAttribute add) {
      tsdb.declareAttribute(add.name(), add.type());
      return Payloads.attributeAdded(add.name(), add.type());
    }
    if (request instanceof CacheStatistics) {
      return CachePayloads.of(cache.stats());
    }
    if (request instanceof ConfigureCache change) {
      return CachePayloads.of(cache.configure(change.capacityMb(), change.policy()));
    }
    if (request instanceof ClearCache) {
      return CachePayloads.cleared(cache.clear());
    }
    throw new IllegalStateException("operation must be served: op=" + request.op());
  }

  /**
   * Searches within the limit of k. A query that is limited by its radius alone is answered in full
   * or not at all, so one neighbor more than there may be is looked for.
   */
  private SearchResult search(Query query) {
    int most = limits.maxK();
    if (query.k() <= most) {
      return tsdb.search(query);
    }
    if (query.k() < Query.UNLIMITED) {
      throw new InvalidRequestException("k must be <= " + most + ": k=" + query.k());
    }
    SearchResult result = tsdb.search(query.nearest(most == Query.UNLIMITED ? most : most + 1));
    if (result.neighbors().size() > most) {
      throw new InvalidRequestException(
          "neighbors within the radius must be at most "
              + most
              + ", so give a smaller radius or k: neighbors>"
              + most);
    }
    return result;
  }

  private static Payload found(SearchResult result, boolean explained, Handling handling) {
    handling.searched(result.report());
    return Payloads.writing(result, explained);
  }

  private List<String> ids(Ids ids) {
    if (ids.limit() > limits.maxIds()) {
      throw new InvalidRequestException(
          "limit must be <= " + limits.maxIds() + ": limit=" + ids.limit());
    }
    IdQuery query = IdQuery.first(ids.limit()).after(ids.after().orElse(""));
    return tsdb.ids(ids.where().map(query::where).orElse(query));
  }

  private JsonNode insert(Insert insert) {
    boolean created = true;
    if (insert.replace()) {
      created = tsdb.put(insert.entry());
    } else {
      tsdb.insert(insert.entry());
    }
    return Payloads.inserted(insert.entry().id(), created);
  }
}
