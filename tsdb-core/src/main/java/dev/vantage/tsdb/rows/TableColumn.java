package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Objects;

/**
 * A column of rows. Immutable.
 *
 * @param name its name
 * @param type the type of its values
 */
public record TableColumn(String name, Type type) {
  public TableColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
