package dev.vantage.tsdb.protocol.op;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import java.util.Optional;

/** A request for series similar to a given one. Immutable. {@link SearchAnswer} is its payload. */
public sealed interface SimilarSeriesRequest extends Request permits WithId, WithTs {
  /** {@return the query} */
  Query query();

  /** {@return the form of the answer that the request asks for} */
  AnswerForm form();

  /**
   * {@return the form of the answer; with a budget it always includes the report, to say if the
   * answer is exact}
   */
  default AnswerForm answerForm() {
    return query().budget().isLimited() ? form().withReport() : form();
  }

  @Override
  default Optional<Condition> where() {
    return query().where();
  }
}
