package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.protocol.Request.AddAttribute;
import dev.vantage.tsdb.protocol.Request.AddVantagePoint;
import dev.vantage.tsdb.protocol.Request.ConfigureCache;
import dev.vantage.tsdb.protocol.Request.Delete;
import dev.vantage.tsdb.protocol.Request.Get;
import dev.vantage.tsdb.protocol.Request.Hello;
import dev.vantage.tsdb.protocol.Request.Ids;
import dev.vantage.tsdb.protocol.Request.Insert;
import dev.vantage.tsdb.protocol.Request.WithId;
import dev.vantage.tsdb.protocol.Request.WithTs;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.Optional;

/** Writes requests. {@link Envelope} reads them. */
public final class Requests {
  private Requests() {}

  /**
   * Writes a request.
   *
   * @param request the request
   * @param tag a text for the response to repeat, or empty
   * @return the body of its frame
   */
  public static byte[] encode(Request request, Optional<String> tag) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("op", request.op().label());
    tag.ifPresent(text -> body.put("tag", text));
    putFields(body, request);
    return Json.toBytes(body);
  }

  private static void putFields(ObjectNode body, Request request) {
    if (request instanceof Hello hello) {
      hello.token().ifPresent(token -> body.put("token", token.text()));
    } else if (request instanceof WithId withId) {
      body.put("id", withId.id());
      putQuery(body, withId.query(), withId.explain());
    } else if (request instanceof WithTs withTs) {
      putSeries(body, withTs.series());
      putQuery(body, withTs.query(), withTs.explain());
    } else if (request instanceof Get get) {
      body.put("id", get.id());
    } else if (request instanceof Insert insert) {
      putInsert(body, insert);
    } else if (request instanceof Delete delete) {
      body.put("id", delete.id());
    } else if (request instanceof Ids ids) {
      ids.where().ifPresent(where -> body.put("where", where.toString()));
      ids.after().ifPresent(after -> body.put("after", after));
      body.put("limit", ids.limit());
    } else if (request instanceof AddVantagePoint add) {
      body.put("id", add.id());
    } else if (request instanceof AddAttribute add) {
      body.put("name", add.name());
      body.put("type", add.type().label());
    } else if (request instanceof ConfigureCache configure) {
      configure.capacityMb().ifPresent(capacity -> body.put("capacity_mb", capacity));
      configure.policy().ifPresent(policy -> body.put("policy", policy.label()));
    }
  }

  private static void putQuery(ObjectNode body, Query query, boolean explain) {
    body.put("k", query.k());
    if (Double.isFinite(query.radius())) {
      body.put("radius", query.radius());
    }
    query.where().ifPresent(where -> body.put("where", where.toString()));
    if (query.includeSelf()) {
      body.put("include_self", true);
    }
    if (query.budget().isLimited()) {
      putBudget(body.putObject("budget"), query.budget());
    }
    if (explain) {
      body.put("explain", true);
    }
  }

  private static void putBudget(ObjectNode body, Budget budget) {
    budget.exactDistances().ifPresent(most -> body.put("exact_distances", most));
    budget
        .time()
        .ifPresent(
            time -> body.put("milliseconds", time.getSeconds() * 1e3 + time.getNano() / 1e6));
  }

  private static void putInsert(ObjectNode body, Insert insert) {
    body.put("id", insert.entry().id());
    putSeries(body, insert.entry().series());
    Attributes attributes = insert.entry().attributes();
    if (!attributes.asMap().isEmpty()) {
      AttributeJson.put(body, attributes);
    }
    if (insert.replace()) {
      body.put("replace", true);
    }
  }

  private static void putSeries(ObjectNode body, TimeSeries series) {
    ArrayNode values = Payloads.numbers(series.values());
    if (series.hasTimes()) {
      body.putArray("ts").add(Payloads.numbers(series.times())).add(values);
    } else {
      body.set("ts", values);
    }
    series.period().ifPresent(period -> body.put("period", period));
  }
}
