package dev.vantage.tsdb.format;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableHead;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Conditions on the columns of a row that drop it. Not thread-safe. */
final class DropRules {
  private final List<Rule> rules = new ArrayList<>();
  private final DecimalMark mark;

  private record Place(int column, Type type) {}

  private record Rule(String reason, Filter filter, Map<String, Place> places) {}

  DropRules(List<Condition> conditions, DataTable table) throws BadFileException {
    this.mark = table.decimalMark();
    for (Condition condition : conditions) {
      rules.add(rule(condition, table.head()));
    }
  }

  private static Rule rule(Condition condition, TableHead head) throws BadFileException {
    Map<String, Place> places = new HashMap<>();
    Map<String, Type> declared = new HashMap<>();
    for (Map.Entry<String, Type> one : condition.impliedTypes().entrySet()) {
      String name = one.getKey();
      Type type = one.getValue();
      int place = column(name, head);
      if (AttributeTypes.isBuiltIn(name)
          && !AttributeTypes.noneDeclared().type(name).equals(Optional.of(type))) {
        // The condition would take the type of the attribute, which has nothing to do with the
        // file.
        throw new BadFileException(
            head.line(),
            "column of a built-in name must be called by its number: column="
                + Numbers.quote(name)
                + "; hint: c"
                + (place + 1));
      }
      places.put(name, new Place(place, type));
      if (!AttributeTypes.isBuiltIn(name)) {
        declared.put(name, type);
      }
    }
    try {
      return new Rule("where " + condition, condition.bind(AttributeTypes.of(declared)), places);
    } catch (InvalidConditionException | InvalidAttributeException e) {
      throw new BadFileException(head.line(), "condition must suit the columns: " + e.getMessage());
    }
  }

  private static int column(String name, TableHead head) throws BadFileException {
    OptionalInt number =
        name.startsWith("c") ? TableHead.number(name.substring(1)) : OptionalInt.empty();
    return head.named(name).isEmpty() && number.isPresent()
        ? head.column(Integer.toString(number.getAsInt()))
        : head.column(name);
  }

  /** Returns why a row is dropped, or empty if it is not. */
  Optional<String> reason(List<String> fields) {
    for (Rule rule : rules) {
      if (rule.filter.matches(
          name ->
              Optional.ofNullable(rule.places.get(name)).flatMap(place -> value(place, fields)))) {
        return Optional.of(rule.reason);
      }
    }
    return Optional.empty();
  }

  private Optional<AttributeValue> value(Place place, List<String> fields) {
    String field = place.column < fields.size() ? fields.get(place.column) : "";
    if (Numbers.isMissing(field)) {
      return Optional.empty();
    }
    return switch (place.type) {
      case DOUBLE ->
          Numbers.finite(field, mark).stream()
              .<AttributeValue>mapToObj(DoubleValue::new)
              .findFirst();
      case LONG ->
          AttributeText.read(
              mark == DecimalMark.COMMA ? field.replace(',', '.') : field, place.type);
      default -> AttributeText.read(field, place.type);
    };
  }
}
