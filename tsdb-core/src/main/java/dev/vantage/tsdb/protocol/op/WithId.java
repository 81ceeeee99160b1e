package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.Optional;

/**
 * Searches for series similar to a stored series. Immutable. {@link SearchAnswer} is its payload.
 *
 * @param query the query, about a stored series
 * @param explain whether the answer must include its report
 */
public record WithId(Query query, boolean explain) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("id", "include_self").and(QueryFields.NAMES);

  public WithId {
    SeriesIds.check(query.id().orElseThrow());
  }

  /**
   * {@return whether the answer includes its report; with a budget it always does, to say if the
   * answer is exact}
   */
  public boolean explained() {
    return explain || query.budget().isLimited();
  }

  @Override
  public Optional<Condition> where() {
    return query.where();
  }

  @Override
  public Op op() {
    return Op.WITH_ID;
  }

  static WithId read(Fields fields) {
    Query subject = Query.like(fields.id());
    return new WithId(
        QueryFields.read(fields, subject, fields.flag("include_self")), fields.flag("explain"));
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", query.id().orElseThrow());
    QueryFields.put(body, query, explain);
  }
}
