package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.ThreeValuedOracle;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The oracle of selects: evaluates a select over all rows at once, as its description says, without
 * regard to cost.
 */
public final class SlowSelect {
  private static final Comparator<AttributeValue> ORDER = SlowSelect::compare;

  private final Select select;
  private final List<TableColumn> columns;
  private final List<SelectColumn> wanted;

  private SlowSelect(Select select, AttributeTypes types) {
    this.select = select;
    columns = BoundSelect.of(select, types).answer();
    wanted = BoundSelect.of(select, types).columns();
  }

  /** A group of rows in order of id, and its row of the answer. */
  private record Answered(
      List<Map<String, AttributeValue>> rows, List<Optional<AttributeValue>> answer) {}

  /**
   * Evaluates a select.
   *
   * @param rows the values of all series by attribute, built-in attributes included
   * @throws InvalidSelectException if a sum is out of range
   */
  public static Rows of(
      Select select, AttributeTypes types, List<Map<String, AttributeValue>> rows) {
    return new SlowSelect(select, types).rows(rows);
  }

  /** Returns a line for each row, for people. */
  public static List<String> text(Rows rows) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < rows.columns().size(); column++) {
        line.append(rows.value(row, column).map(Object::toString).orElse("nil")).append('|');
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private Rows rows(List<Map<String, AttributeValue>> all) {
    List<Map<String, AttributeValue>> matching =
        all.stream()
            .filter(
                row ->
                    select.where().isEmpty()
                        || ThreeValuedOracle.matches(select.where().get(), row))
            .map(SlowSelect::withoutNegativeZeros)
            .sorted(Comparator.comparing(row -> row.get(AttributeTypes.ID), ORDER))
            .toList();
    List<Answered> answered = new ArrayList<>();
    groups(matching).forEach(group -> answered.add(new Answered(group, answer(group))));
    answered.sort(this::compareAnswered);
    Rows.Builder builder = new Rows.Builder(columns);
    answered.stream().limit(select.limit()).forEach(one -> builder.add(one.answer()));
    return builder.build();
  }

  private static Map<String, AttributeValue> withoutNegativeZeros(Map<String, AttributeValue> row) {
    Map<String, AttributeValue> copy = new LinkedHashMap<>(row);
    copy.replaceAll(
        (name, value) ->
            value instanceof DoubleValue number ? new DoubleValue(number.value() + 0.0) : value);
    return copy;
  }

  private List<List<Map<String, AttributeValue>>> groups(List<Map<String, AttributeValue>> rows) {
    if (!select.isGrouped()) {
      return rows.stream().map(List::of).toList();
    }
    Map<List<Optional<AttributeValue>>, List<Map<String, AttributeValue>>> groups =
        rows.stream().collect(Collectors.groupingBy(this::key));
    return select.groups().isEmpty() ? List.of(rows) : List.copyOf(groups.values());
  }

  private List<Optional<AttributeValue>> key(Map<String, AttributeValue> row) {
    return select.groups().stream().map(name -> Optional.ofNullable(row.get(name))).toList();
  }

  private int compareAnswered(Answered one, Answered other) {
    for (RowOrder order : select.orders()) {
      int place = columns.stream().map(TableColumn::name).toList().indexOf(order.column());
      Optional<AttributeValue> a = one.answer().get(place);
      Optional<AttributeValue> b = other.answer().get(place);
      Comparator<AttributeValue> values = order.isDescending() ? ORDER.reversed() : ORDER;
      int found = nilLast(values).compare(a, b);
      if (found != 0) {
        return found;
      }
    }
    List<String> ties = select.isGrouped() ? select.groups() : List.of(AttributeTypes.ID);
    for (String name : ties) {
      Function<Answered, Optional<AttributeValue>> value =
          answered -> Optional.ofNullable(answered.rows().get(0).get(name));
      int found = nilLast(ORDER).compare(value.apply(one), value.apply(other));
      if (found != 0) {
        return found;
      }
    }
    return 0;
  }

  private static Comparator<Optional<AttributeValue>> nilLast(Comparator<AttributeValue> order) {
    return (a, b) ->
        a.isPresent() && b.isPresent()
            ? order.compare(a.get(), b.get())
            : Boolean.compare(a.isEmpty(), b.isEmpty());
  }

  private static int compare(AttributeValue one, AttributeValue other) {
    if (one instanceof TextValue a && other instanceof TextValue b) {
      return Arrays.compareUnsigned(
          a.value().getBytes(StandardCharsets.UTF_8), b.value().getBytes(StandardCharsets.UTF_8));
    } else if (one instanceof DoubleValue a && other instanceof DoubleValue b) {
      return Double.compare(a.value(), b.value());
    } else if (one instanceof LongValue a && other instanceof LongValue b) {
      return Long.compare(a.value(), b.value());
    }
    // The texts of booleans, and of timestamps to the second and below, order like their values.
    return comparableText(one).compareTo(comparableText(other));
  }

  private static String comparableText(AttributeValue value) {
    return value instanceof AttributeValue.TimestampValue moment
        ? "%020d".formatted(moment.epochMicroseconds() + (1L << 62))
        : value.toString();
  }

  private List<Optional<AttributeValue>> answer(List<Map<String, AttributeValue>> group) {
    return wanted.stream().map(column -> value(column, group)).toList();
  }

  private static Optional<AttributeValue> value(
      SelectColumn column, List<Map<String, AttributeValue>> group) {
    if (column instanceof SelectColumn.OfAttribute one) {
      return Optional.ofNullable(group.get(0).get(one.attribute()));
    } else if (column instanceof SelectColumn.OfAggregate one) {
      List<AttributeValue> values =
          group.stream()
              .filter(row -> row.containsKey(one.attribute()))
              .map(row -> row.get(one.attribute()))
              .toList();
      return aggregate(one.aggregate(), values);
    }
    return Optional.of(new LongValue(group.size()));
  }

  private static Optional<AttributeValue> aggregate(
      Aggregate aggregate, List<AttributeValue> values) {
    if (aggregate == Aggregate.COUNT) {
      return Optional.of(new LongValue(values.size()));
    } else if (aggregate == Aggregate.COUNT_DISTINCT) {
      return Optional.of(new LongValue(values.stream().distinct().count()));
    } else if (values.isEmpty()) {
      return Optional.empty();
    }
    return switch (aggregate) {
      case MIN -> values.stream().min(ORDER);
      case MAX -> values.stream().max(ORDER);
      case MAJORITY -> Optional.of(majority(values));
      default ->
          Optional.of(
              values.get(0) instanceof LongValue
                  ? ofLongs(aggregate, values.stream().map(SlowSelect::whole).toList())
                  : ofDoubles(
                      aggregate, values.stream().mapToDouble(SlowSelect::number).toArray()));
    };
  }

  private static AttributeValue majority(List<AttributeValue> values) {
    AttributeValue best = values.get(0);
    for (AttributeValue value : values) {
      if (occurrences(values, value) > occurrences(values, best)) {
        best = value;
      }
    }
    return best;
  }

  private static long occurrences(List<AttributeValue> values, AttributeValue wanted) {
    return values.stream().filter(wanted::equals).count();
  }

  private static BigInteger whole(AttributeValue value) {
    return BigInteger.valueOf(((LongValue) value).value());
  }

  private static double number(AttributeValue value) {
    return ((DoubleValue) value).value();
  }

  private static AttributeValue ofLongs(Aggregate aggregate, List<BigInteger> values) {
    BigDecimal n = BigDecimal.valueOf(values.size());
    BigInteger sum = values.stream().reduce(BigInteger.ZERO, BigInteger::add);
    if (aggregate == Aggregate.SUM) {
      try {
        return new LongValue(sum.longValueExact());
      } catch (ArithmeticException e) {
        throw new InvalidSelectException(Rule.OVERFLOW, "sum");
      }
    } else if (aggregate == Aggregate.MEAN) {
      return new DoubleValue(new BigDecimal(sum).divide(n, MathContext.DECIMAL128).doubleValue());
    } else if (aggregate == Aggregate.MEDIAN) {
      List<BigInteger> sorted = values.stream().sorted().toList();
      BigInteger low = sorted.get((sorted.size() - 1) / 2);
      BigInteger high = sorted.get(sorted.size() / 2);
      return new DoubleValue(
          new BigDecimal(low.add(high)).divide(BigDecimal.valueOf(2)).doubleValue());
    }
    BigDecimal squares =
        values.stream()
            .map(value -> n.multiply(new BigDecimal(value)).subtract(new BigDecimal(sum)).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new DoubleValue(
        Math.sqrt(squares.divide(n.pow(3), MathContext.DECIMAL128).doubleValue()));
  }

  private static AttributeValue ofDoubles(Aggregate aggregate, double[] values) {
    return new DoubleValue(
        0.0
            + switch (aggregate) {
              case SUM -> finite(wideSum(values));
              case MEAN -> mean(values);
              case STD -> std(values);
              default -> median(values);
            });
  }

  private static double finite(double sum) {
    if (!Double.isFinite(sum)) {
      throw new InvalidSelectException(Rule.OVERFLOW, "sum");
    }
    return sum;
  }

  private static double sum(double... values) {
    double sum = 0;
    double rest = 0;
    for (double value : values) {
      double next = sum + value;
      rest += Math.abs(sum) < Math.abs(value) ? (value - next) + sum : (sum - next) + value;
      sum = next;
    }
    return sum + rest;
  }

  /** The sum, also where a sum of the first few values is out of range. */
  private static double wideSum(double[] values) {
    double sum = sum(values);
    return Double.isFinite(sum) ? sum : 0x1p64 * scaledSum(values);
  }

  private static double scaledSum(double[] values) {
    return sum(Arrays.stream(values).map(x -> x * 0x1p-64).toArray());
  }

  private static double mean(double[] values) {
    double sum = sum(values);
    return Double.isFinite(sum)
        ? sum / values.length
        : 0x1p64 * (scaledSum(values) / values.length);
  }

  private static double std(double[] values) {
    double greatest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    int exponent = greatest == 0 ? 0 : Math.getExponent(greatest);
    double[] scaled = Arrays.stream(values).map(x -> Math.scalb(x, -exponent)).toArray();
    double mean = sum(scaled) / values.length;
    double[] deviations = Arrays.stream(scaled).map(x -> x - mean).toArray();
    double squares = sum(Arrays.stream(deviations).map(x -> x * x).toArray());
    double rest = sum(deviations);
    double variance = Math.max(0, squares - rest * rest / values.length) / values.length;
    return Math.scalb(Math.min(Math.sqrt(variance), Math.scalb(greatest, -exponent)), exponent);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double low = sorted[(sorted.length - 1) / 2];
    double high = sorted[sorted.length / 2];
    return Double.isInfinite(low + high) ? low / 2 + high / 2 : (low + high) / 2;
  }
}
