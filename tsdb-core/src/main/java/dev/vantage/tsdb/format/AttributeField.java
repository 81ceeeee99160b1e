package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column of a table of attributes, whose type is known once all its cells were seen. */
final class AttributeField {
  private final String name;
  private final int place;
  private final Optional<Type> declared;
  private final List<Type> possible = new ArrayList<>(AttributeText.NARROW);
  private boolean hasValues;
  private boolean hasMarkers;

  /**
   * A column.
   *
   * @param name what the attribute is called
   * @param place which column of the file it is
   * @param declared the type of the attribute, if it has one already
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

  /** The type of all cells, or empty if they say nothing. */
  Optional<Type> type() {
    if (declared.isPresent()) {
      return declared;
    }
    if (hasValues && !possible.isEmpty()) {
      return Optional.of(possible.get(0));
    }
    return hasValues || hasMarkers ? Optional.of(Type.TEXT) : Optional.empty();
  }

  /** What a cell says, or empty if it says nothing. */
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
