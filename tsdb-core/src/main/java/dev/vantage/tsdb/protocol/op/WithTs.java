package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Query;

/**
 * Searches for series similar to an uploaded series. Immutable.
 *
 * @param query the query, about an uploaded series
 * @param form the form of the answer
 */
public record WithTs(Query query, AnswerForm form) implements SimilarSeriesRequest {
  static final FieldNames FIELDS = SeriesFields.NAMES.and(QueryFields.NAMES);

  /**
   * Creates a request of version 1 of the protocol.
   *
   * @param query the query, about an uploaded series
   * @param explain whether the answer must include its report
   */
  public WithTs(Query query, boolean explain) {
    this(query, AnswerForm.of(explain));
  }

  @Override
  public Op op() {
    return Op.WITH_TS;
  }

  static WithTs read(Fields fields) {
    Query subject = Query.like(SeriesFields.read(fields));
    return new WithTs(QueryFields.read(fields, subject, false), AnswerForm.read(fields, FIELDS));
  }

  @Override
  public void putFields(ObjectNode body) {
    SeriesFields.put(body, query.series().orElseThrow());
    QueryFields.put(body, query, form);
  }
}
