package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.condition.Condition;
import java.util.Optional;

/**
 * A request whose fields are valid as far as they can be checked without the database. Immutable.
 *
 * <p>Each operation is one record that implements this interface. It reads and writes the fields of
 * its request; {@code payload} creates the payload of its response and {@code answer} reads it.
 * {@link Op} lists the operations.
 */
public interface Request {

  /** {@return the operation} */
  Op op();

  /** {@return the condition that series must meet to be in the response, or empty} */
  default Optional<Condition> where() {
    return Optional.empty();
  }

  /**
   * Writes the fields of this operation.
   *
   * @param body receives the fields, after the operation and the tag
   */
  default void putFields(ObjectNode body) {}
}
