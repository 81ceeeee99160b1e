package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of a table of attributes. Its type is known after all cells have been read. Not
 * thread-safe.
 */
final class AttributeField {
  private final String name;
  private final int place;
  private final Optional<Type> declared;
  private final List<Type> possible = new ArrayList<>(AttributeText.NARROW);
  private boolean hasValues;
  private boolean hasMarkers;

  /**
   * Creates a column.
   *
   * @param name the name of the attribute
   * @param place the index of the column in the file, from 0
   * @param declared the declared type of the attribute, or empty
   */
  AttributeField(String name, int place, Optional<Type> declared) {
    this.name = name;
    this.place = place;
    this.declared = declared;
  }

  String name() {
    return name;
  }

  int place() {
    return place;
  }

  /** Takes a cell into account. */
  void see(String cell) {
    if (cell.isEmpty()) {
      return;
    }
    if (Numbers.isMissing(cell)) {
      hasMarkers = true;
    } else {
      hasValues = true;
      possible.removeIf(type -> AttributeText.read(cell, type).isEmpty());
    }
  }

  /** Returns the type of all cells, or empty if all cells are without a value. */
  Optional<Type> type() {
    if (declared.isPresent()) {
      return declared;
    }
    if (hasValues && !possible.isEmpty()) {
      return Optional.of(possible.get(0));
    }
    return hasValues || hasMarkers ? Optional.of(Type.TEXT) : Optional.empty();
  }

  /** Returns the value of a cell, or empty if the cell has none. */
  Optional<AttributeValue> value(String cell) throws BadRowException {
    Optional<Type> type = type();
    if (cell.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    if (type.get() != Type.TEXT && Numbers.isMissing(cell)) {
      return Optional.empty();
    }
    Optional<AttributeValue> value = AttributeText.read(cell, type.get());
    if (value.isEmpty()) {
      throw new BadRowException(
          "attribute must be of its type: name="
              + Numbers.quote(name)
              + ", type="
              + type.get().label()
              + ", text="
              + Numbers.quote(cell));
    }
    return value;
  }
}
