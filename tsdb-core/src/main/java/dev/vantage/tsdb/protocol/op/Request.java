package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.condition.Condition;
import java.util.Optional;

/**
 * What a client asks, valid in every field that can be checked without the database. Immutable.
 *
 * <p>Each operation has one file, the record that implements this: the fields of its request, read
 * and written, and its payload, written by {@code payload} and read by {@code answer}. {@link Op}
 * lists the operations.
 */
public interface Request {

  /** {@return the operation asked for} */
  Op op();

  /** {@return what series must meet to be in the answer, or empty where nothing was asked for} */
  default Optional<Condition> where() {
    return Optional.empty();
  }

  /**
   * Writes the fields of this operation.
   *
   * @param body gets them, after the operation and the tag
   */
  default void putFields(ObjectNode body) {}
}
