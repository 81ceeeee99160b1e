package dev.vantage.tsdb.protocol.op;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import java.util.Optional;

/** A request for series similar to a given one. Immutable. {@link SearchAnswer} is its payload. */
public sealed interface SimilarSeriesRequest extends Request permits WithId, WithTs {
  /** {@return the query} */
  Query query();

  /** {@return whether the answer must include its report} */
  boolean explain();

  /**
   * {@return whether the answer includes its report; with a budget it always does, to say if the
   * answer is exact}
   */
  default boolean explained() {
    return explain() || query().budget().isLimited();
  }

  @Override
  default Optional<Condition> where() {
    return query().where();
  }
}
