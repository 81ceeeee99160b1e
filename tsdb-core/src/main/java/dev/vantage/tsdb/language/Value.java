package dev.vantage.tsdb.language;

import dev.vantage.tsdb.plot.Plot;
import dev.vantage.tsdb.series.TimeSeries;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A value of the language. Immutable. {@code equals} tells {@code 1} from {@code 1.0}; the builtin
 * {@code =} does not. {@code toString} is the printed form, cut off after some thousand chars.
 */
public sealed interface Value
    permits Value.Nil,
        Value.Bool,
        Value.LongNumber,
        Value.DoubleNumber,
        Value.Text,
        Value.Moment,
        Value.Keyword,
        Value.Symbol,
        Value.ListValue,
        Value.RecordValue,
        Value.SeriesValue,
        Value.PlotValue,
        Value.FunctionValue,
        Table {

  /** {@return the name of the value's type, as messages write it} */
  String type();

  /** {@return whether a test takes this value for true: every value but false and nil} */
  default boolean isTrue() {
    return true;
  }

  /** The absence of a value. */
  enum Nil implements Value {
    /** The only instance. */
    NIL;

    @Override
    public String type() {
      return "nil";
    }

    @Override
    public boolean isTrue() {
      return false;
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /** A boolean. */
  enum Bool implements Value {
    /** False. */
    FALSE,
    /** True. */
    TRUE;

    static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public String type() {
      return "boolean";
    }

    @Override
    public boolean isTrue() {
      return this == TRUE;
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * An integer of 64 bits.
   *
   * @param value the integer
   */
  record LongNumber(long value) implements Value {
    @Override
    public String type() {
      return "long";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * A finite double.
   *
   * @param value the number
   */
  record DoubleNumber(double value) implements Value {
    /**
     * Creates a number.
     *
     * @throws IllegalArgumentException if the number is not finite
     */
    public DoubleNumber {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("number must be finite: value=" + value);
      }
    }

    @Override
    public String type() {
      return "double";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * A text.
   *
   * @param value the text
   */
  record Text(String value) implements Value {
    public Text {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String type() {
      return "text";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * A timestamp.
   *
   * @param value the time, with a precision of one microsecond
   */
  record Moment(Instant value) implements Value {
    public Moment {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String type() {
      return "timestamp";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * A keyword, which stands for itself and names a field of a record or an option.
   *
   * @param name the name without the colon
   */
  record Keyword(String name) implements Value {
    public Keyword {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public String type() {
      return "keyword";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * A symbol as a value: a quoted name.
   *
   * @param name the name
   */
  record Symbol(String name) implements Value {
    public Symbol {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public String type() {
      return "symbol";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /** A list of values. */
  final class ListValue implements Value {
    static final ListValue EMPTY = new ListValue(List.of());

    private final List<Value> items;
    private final int nesting;

    private ListValue(List<Value> items) {
      this.items = items;
      this.nesting = 1 + deepest(items);
    }

    /**
     * Creates a list.
     *
     * @param items the values; copied
     * @return the list
     */
    public static ListValue of(List<? extends Value> items) {
      return new ListValue(List.copyOf(Objects.requireNonNull(items, "items")));
    }

    /** {@return the values; unmodifiable} */
    public List<Value> items() {
      return items;
    }

    /** Returns the levels of lists and records in this one, itself included. */
    int nesting() {
      return nesting;
    }

    @Override
    public String type() {
      return "list";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ListValue that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
      return items.hashCode();
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /** Named values in order. */
  final class RecordValue implements Value {
    private final Map<String, Value> fields;
    private final int nesting;

    private RecordValue(Map<String, Value> fields) {
      this.fields = Collections.unmodifiableMap(fields);
      this.nesting = 1 + deepest(fields.values());
    }

    /**
     * Creates a record.
     *
     * @param fields the values by name, in order; copied
     * @return the record
     */
    public static RecordValue of(Map<String, ? extends Value> fields) {
      Objects.requireNonNull(fields, "fields");
      return new RecordValue(new LinkedHashMap<>(fields));
    }

    /** {@return the values by name, in order; unmodifiable} */
    public Map<String, Value> fields() {
      return fields;
    }

    /** Returns the levels of lists and records in this one, itself included. */
    int nesting() {
      return nesting;
    }

    @Override
    public String type() {
      return "record";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RecordValue that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
      return fields.hashCode();
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * A series: read from the database, or made by a program or its caller.
   *
   * @param id the id, which need not be stored; empty for a series without one
   * @param series the points
   */
  record SeriesValue(String id, TimeSeries series) implements Value {
    public SeriesValue {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(series, "series");
    }

    @Override
    public String type() {
      return "series";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /**
   * A plot.
   *
   * @param plot the marks and axes
   */
  record PlotValue(Plot plot) implements Value {
    public PlotValue {
      Objects.requireNonNull(plot, "plot");
    }

    @Override
    public String type() {
      return "plot";
    }

    @Override
    public String toString() {
      return ValuePrinter.shown(this);
    }
  }

  /** A function: a builtin, or the value of a lambda. Equal only to itself. */
  abstract non-sealed class FunctionValue implements Value {
    private final String name;

    FunctionValue(String name) {
      this.name = name;
    }

    /** {@return the name by which it was defined; empty for a function without a name} */
    public final String name() {
      return name;
    }

    @Override
    public final String type() {
      return "function";
    }

    @Override
    public final String toString() {
      return ValuePrinter.shown(this);
    }
  }

  private static int deepest(Iterable<Value> values) {
    int deepest = 0;
    for (Value value : values) {
      int inner = value instanceof ListValue list ? list.nesting : 0;
      deepest = Math.max(deepest, value instanceof RecordValue one ? one.nesting : inner);
    }
    return deepest;
  }
}
