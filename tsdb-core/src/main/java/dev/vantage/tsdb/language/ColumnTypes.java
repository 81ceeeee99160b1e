package dev.vantage.tsdb.language;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The columns of a table as the attributes of a condition. Thread-safe. */
final class ColumnTypes {
  private ColumnTypes() {}

  /**
   * Returns the types of the columns that a condition names.
   *
   * @throws ProgramException if a column is called like a built-in attribute of another type
   */
  static AttributeTypes of(Table table, Condition condition, Position position) {
    Map<String, Type> declared = new TreeMap<>();
    for (TableColumn column : table.columns()) {
      if (!condition.impliedTypes().containsKey(column.name())) {
        continue;
      }
      Optional<Type> builtIn = AttributeTypes.noneDeclared().type(column.name());
      if (builtIn.isEmpty()) {
        declared.put(column.name(), column.type());
      } else if (builtIn.get() != column.type()) {
        throw ProgramException.at(
            position,
            "condition/type",
            "column must have the type of the built-in attribute: column="
                + column.name()
                + ", type="
                + column.type().label()
                + ", wanted="
                + builtIn.get().label()
                + ", hint: rename it");
      }
    }
    try {
      return AttributeTypes.of(declared);
    } catch (InvalidAttributeException e) {
      throw ProgramException.at(position, "condition/name", String.valueOf(e.getMessage()));
    }
  }
}
