package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.series.SeriesIds;

/**
 * Searches for series similar to a stored series. Immutable.
 *
 * @param query the query, about a stored series
 * @param form the form of the answer
 */
public record WithId(Query query, AnswerForm form) implements SimilarSeriesRequest {
  static final FieldNames FIELDS = FieldNames.scalars("id", "include_self").and(QueryFields.NAMES);

  public WithId {
    SeriesIds.check(query.id().orElseThrow());
  }

  /**
   * Creates a request of version 1 of the protocol.
   *
   * @param query the query, about a stored series
   * @param explain whether the answer must include its report
   */
  public WithId(Query query, boolean explain) {
    this(query, AnswerForm.of(explain));
  }

  @Override
  public Op op() {
    return Op.WITH_ID;
  }

  static WithId read(Fields fields) {
    Query subject = Query.like(fields.id());
    return new WithId(
        QueryFields.read(fields, subject, fields.flag("include_self")),
        AnswerForm.read(fields, FIELDS));
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", query.id().orElseThrow());
    QueryFields.put(body, query, form);
  }
}
