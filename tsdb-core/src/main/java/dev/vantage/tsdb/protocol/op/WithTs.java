package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import java.util.Optional;

/**
 * Searches for series similar to an uploaded series. Immutable. {@link SearchAnswer} is its
 * payload.
 *
 * @param query the query, about an uploaded series
 * @param explain whether the answer must include its report
 */
public record WithTs(Query query, boolean explain) implements Request {
  static final FieldNames FIELDS = SeriesFields.NAMES.and(QueryFields.NAMES);

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
    return Op.WITH_TS;
  }

  static WithTs read(Fields fields) {
    Query subject = Query.like(SeriesFields.read(fields));
    return new WithTs(QueryFields.read(fields, subject, false), fields.flag("explain"));
  }

  @Override
  public void putFields(ObjectNode body) {
    SeriesFields.put(body, query.series().orElseThrow());
    QueryFields.put(body, query, explain);
  }
}
