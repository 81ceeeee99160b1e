package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The payload of a response, written as JSON without building a tree first. */
@FunctionalInterface
public interface Payload {
  /**
   * Writes one value.
   *
   * @param out the destination; it can write trees, too
   * @throws IOException if {@code out} fails
   */
  void write(JsonGenerator out) throws IOException;

  /**
   * Returns the payload as a tree.
   *
   * @return the tree, for small payloads or to read a part of one
   */
  default JsonNode toTree() {
    return Json.tree(this);
  }

  /**
   * Returns a payload that writes a tree.
   *
   * @param tree the tree; small
   * @return the payload that writes it
   */
  static Payload of(JsonNode tree) {
    return out -> out.writeTree(tree);
  }
}
