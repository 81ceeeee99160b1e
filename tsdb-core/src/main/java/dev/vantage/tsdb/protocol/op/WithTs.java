package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import java.util.Optional;

/**
 * Asks for the series like an uploaded one. {@link SearchAnswer} is its payload.
 *
 * @param query what is asked, about a given series
 * @param explain whether the answer is asked to say what it cost
 */
public record WithTs(Query query, boolean explain) implements Request {
  static final FieldNames FIELDS = SeriesFields.NAMES.and(QueryFields.NAMES);

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
