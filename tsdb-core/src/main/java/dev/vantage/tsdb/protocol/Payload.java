package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** What an operation answers, written as JSON without being built as a tree first. */
@FunctionalInterface
public interface Payload {
  /**
   * Writes one value.
   *
   * @param out where to; it writes trees, too
   * @throws IOException if {@code out} fails
   */
  void write(JsonGenerator out) throws IOException;

  /**
   * Builds what this writes.
   *
   * @return the tree, for small answers and where a program wants a part of it
   */
  default JsonNode toTree() {
    return Json.tree(this);
  }

  /**
   * A payload that is a tree already.
   *
   * @param tree the tree; small
   * @return the payload that writes it
   */
  static Payload of(JsonNode tree) {
    return out -> out.writeTree(tree);
  }
}
