package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.Optional;

/**
 * Asks for the series like a stored one. {@link SearchAnswer} is its payload.
 *
 * @param id the id of the stored series
 * @param query how many, how near
 * @param explain whether the answer is asked to say what it cost
 */
public record WithId(String id, Query query, boolean explain) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("id", "include_self").and(QueryFields.NAMES);

  public WithId {
    SeriesIds.check(id);
  }

  /** {@return whether the answer says what it cost; with a budget, it must say if it is exact} */
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
    return new WithId(
        fields.id(), QueryFields.read(fields, fields.flag("include_self")), fields.flag("explain"));
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", id);
    QueryFields.put(body, query, explain);
  }
}
