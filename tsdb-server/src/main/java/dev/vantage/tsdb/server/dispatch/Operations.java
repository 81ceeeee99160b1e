package dev.vantage.tsdb.server.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.CachePayloads;
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

  Operations(Tsdb tsdb, ResultCache cache) {
    this.tsdb = tsdb;
    this.cache = cache;
  }

  JsonNode run(Request request, Handling handling) {
    if (request instanceof Ping) {
      return Payloads.pong();
    }
    if (request instanceof WithId search) {
      return found(tsdb.similar(search.id(), search.query()), search.explained(), handling);
    }
    if (request instanceof WithTs search) {
      return found(tsdb.similar(search.series(), search.query()), search.explained(), handling);
    }
    if (request instanceof Get get) {
      return Payloads.of(tsdb.get(get.id()));
    }
    if (request instanceof Insert insert) {
      return insert(insert);
    }
    if (request instanceof Delete delete) {
      tsdb.delete(delete.id());
      return Payloads.deleted(delete.id());
    }
    if (request instanceof Ids ids) {
      return Payloads.ids(ids(ids));
    }
    if (request instanceof Statistics) {
      return Payloads.of(tsdb.stats());
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

  private static JsonNode found(SearchResult result, boolean explained, Handling handling) {
    handling.searched(result.report());
    return Payloads.of(result, explained);
  }

  private List<String> ids(Ids ids) {
    String after = ids.after().orElse("");
    return ids.where().isPresent()
        ? tsdb.idsAfter(ids.where().get(), after, ids.limit())
        : tsdb.idsAfter(after, ids.limit());
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
