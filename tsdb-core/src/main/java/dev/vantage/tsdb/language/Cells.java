package dev.vantage.tsdb.language;

import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns attributes of series into values of cells, and back. Thread-safe. */
final class Cells {
  private Cells() {}

  /** Returns the type of the column that a value fits; empty if it is nil or fits none. */
  static Optional<Type> type(Value value) {
    if (value instanceof Value.DoubleNumber) {
      return Optional.of(Type.DOUBLE);
    } else if (value instanceof Value.LongNumber) {
      return Optional.of(Type.LONG);
    } else if (value instanceof Value.Text) {
      return Optional.of(Type.TEXT);
    } else if (value instanceof Value.Bool) {
      return Optional.of(Type.BOOLEAN);
    }
    return value instanceof Value.Moment ? Optional.of(Type.TIMESTAMP) : Optional.empty();
  }

  static Value value(AttributeValue attribute) {
    if (attribute instanceof DoubleValue number) {
      return new Value.DoubleNumber(number.value());
    } else if (attribute instanceof LongValue number) {
      return new Value.LongNumber(number.value());
    } else if (attribute instanceof TextValue text) {
      return new Value.Text(text.value());
    } else if (attribute instanceof BooleanValue truth) {
      return Value.Bool.of(truth.value());
    } else if (attribute instanceof TimestampValue moment) {
      return new Value.Moment(moment.value());
    }
    throw new AssertionError(attribute);
  }

  static Value value(Optional<AttributeValue> attribute) {
    return attribute.map(Cells::value).orElse(Value.Nil.NIL);
  }

  /** Returns the attribute that a cell is; empty of nil. */
  static Optional<AttributeValue> attribute(Value value) {
    if (value instanceof Value.DoubleNumber number) {
      return Optional.of(new DoubleValue(number.value()));
    } else if (value instanceof Value.LongNumber number) {
      return Optional.of(new LongValue(number.value()));
    } else if (value instanceof Value.Text text) {
      return Optional.of(new TextValue(text.value()));
    } else if (value instanceof Value.Bool truth) {
      return Optional.of(new BooleanValue(truth.isTrue()));
    }
    return value instanceof Value.Moment moment
        ? Optional.of(new TimestampValue(moment.value()))
        : Optional.empty();
  }

  /** Returns a row of a table for conditions and selects. */
  static Row row(Table table, int number) {
    List<Value> row = table.rows().get(number);
    return name -> {
      OptionalInt place = table.place(name);
      return place.isPresent() ? attribute(row.get(place.getAsInt())) : Optional.empty();
    };
  }

  /** Returns rows of a database as a table. */
  static Table table(Rows rows) {
    List<TableColumn> columns = rows.columns();
    List<List<Value>> all = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      List<Value> row = new ArrayList<>(columns.size());
      for (int j = 0; j < columns.size(); j++) {
        row.add(value(rows.value(i, j)));
      }
      all.add(List.copyOf(row));
    }
    return Table.of(columns, all);
  }
}
