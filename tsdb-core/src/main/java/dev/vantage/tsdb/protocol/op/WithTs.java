package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Query;

/**
 * Searches for series similar to an uploaded series. Immutable.
 *
 * @param query the query, about an uploaded series
 * @param explain whether the answer must include its report
 */
public record WithTs(Query query, boolean explain) implements SimilarSeriesRequest {
  static final FieldNames FIELDS = SeriesFields.NAMES.and(QueryFields.NAMES);

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
