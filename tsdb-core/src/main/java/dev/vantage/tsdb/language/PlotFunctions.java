package dev.vantage.tsdb.language;

import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Curve;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plots. Thread-safe. */
final class PlotFunctions {
  private static final MathContext EDGE_DIGITS = MathContext.DECIMAL128;
  private static final int ANY = Integer.MAX_VALUE;
  private static final int POINTS = 512;
  private static final int MOST_POINTS = 2048;
  private static final int NEIGHBORS = 3;
  private static final int BINS = 20;
  private static final int MOST_BINS = 1000;

  private PlotFunctions() {}

  static List<Builtin> all() {
    return List.of(
        Builtin.of(
            "(plot x ... [:title s] [:invert true])",
            "Lines: each x is a series, an id, a curve, or a table with two columns of numbers."
                + " :invert turns the axis of values, as for magnitudes.",
            1,
            ANY,
            PlotFunctions::plot),
        Builtin.of(
            "(overlay q t [:count i])",
            "A series and its first neighbors, 3 unless given, each shifted by its lag.",
            2,
            4,
            PlotFunctions::overlay),
        Builtin.of(
            "(histogram t :column [:bins i])",
            "How many values lie in each of 20 bins of equal width.",
            2,
            4,
            PlotFunctions::histogram),
        Builtin.of(
            "(scatter t :x :y [:color :column])",
            "A dot for each row, in one color for each value of a column.",
            3,
            5,
            PlotFunctions::scatter));
  }

  private static Value plot(Arguments call) {
    int lines = 0;
    while (lines < call.size() && !(call.value(lines) instanceof Value.Keyword)) {
      lines++;
    }
    Map<String, Integer> options = call.options(lines, Set.of("title", "invert"));
    call.meter().check(Limit.PLOT, lines);
    if (lines == 0) {
      throw call.failure(0, "call/arity", "a plot must have at least 1 line: lines=0");
    }
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      marks.add(line(call, i));
    }
    Integer title = options.get("title");
    Integer invert = options.get("invert");
    boolean isInverted = invert != null && call.value(invert).isTrue();
    return picture(
        call,
        title == null ? "" : call.text(title),
        List.of("", ""),
        marks,
        isInverted ? Axis.Direction.DESCENDING : Axis.Direction.ASCENDING);
  }

  private static Mark line(Arguments call, int number) {
    if (call.value(number) instanceof Table table) {
      int[] places = numberColumns(table);
      if (places.length < 2) {
        throw call.failure(
            number, "value/column", "table must have two columns of numbers: " + table.names());
      }
      return mark(call, number, Mark.Shape.LINE, "", places).thinned(MOST_POINTS);
    }
    Curve curve = SeriesFunctions.curve(call, number, 0, POINTS, SeriesFunctions.Scale.RAW);
    return Mark.line(name(call.value(number), number), "", curve.phases(), curve.values());
  }

  private static String name(Value subject, int number) {
    if (subject instanceof Value.Text id) {
      return id.value();
    }
    boolean isNamed = subject instanceof Value.SeriesValue series && !series.id().isEmpty();
    return isNamed ? ((Value.SeriesValue) subject).id() : "series " + number;
  }

  private static int[] numberColumns(Table table) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Type type = table.columns().get(i).type();
      if (type == Type.DOUBLE || type == Type.LONG) {
        places.add(i);
      }
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Makes a mark of two columns of a table, without rows that have no value in one of them. */
  private static Mark mark(
      Arguments call, int number, Mark.Shape shape, String name, int... places) {
    Table table = call.table(number);
    call.meter().steps(table.rows().size());
    call.meter().allocate(table.rows().size(), Meter.POINT);
    List<List<Value>> rows =
        table.rows().stream()
            .filter(row -> Comparing.isNumber(row.get(places[0])))
            .filter(row -> Comparing.isNumber(row.get(places[1])))
            .toList();
    if (rows.isEmpty()) {
      throw call.failure(number, "value/column", "a plot must have at least 1 point: points=0");
    }
    double[] x = rows.stream().mapToDouble(row -> Arguments.decimal(row.get(places[0]))).toArray();
    double[] y = rows.stream().mapToDouble(row -> Arguments.decimal(row.get(places[1]))).toArray();
    return shape == Mark.Shape.LINE ? Mark.line(name, "", x, y) : Mark.points(name, "", x, y);
  }

  private static Value picture(
      Arguments call,
      String title,
      List<String> labels,
      List<Mark> marks,
      Axis.Direction direction) {
    try {
      return picture(title, labels, marks, direction);
    } catch (IllegalArgumentException e) {
      throw call.failure(
          0,
          "number/overflow",
          "numbers must be in a range that an axis can show: " + e.getMessage());
    }
  }

  private static Value picture(
      String title, List<String> labels, List<Mark> marks, Axis.Direction direction) {
    double[] x = all(marks, Mark::x);
    double[] y = all(marks, Mark::y);
    Axis vertical = Axis.around(labels.get(1), y);
    Panel panel =
        new Panel(
            "",
            Axis.around(labels.get(0), x),
            direction == Axis.Direction.DESCENDING ? vertical.inverted() : vertical,
            marks);
    return new Value.PlotValue(new Plot(title, List.of(panel)));
  }

  /** Gets a number of a point of a mark. */
  private interface Coordinate {
    double of(Mark mark, int point);
  }

  private static double[] all(List<Mark> marks, Coordinate coordinate) {
    List<Double> numbers = new ArrayList<>();
    for (Mark mark : marks) {
      for (int i = 0; i < mark.size(); i++) {
        numbers.add(coordinate.of(mark, i));
      }
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Value overlay(Arguments call) {
    Table table = call.table(1);
    Map<String, Integer> options = call.options(2, Set.of("count"));
    Integer given = options.get("count");
    long wanted = given == null ? NEIGHBORS : call.integer(given);
    if (wanted < 0) {
      throw call.failure(2, "value/index", "count must be >= 0: count=" + wanted);
    }
    int count = (int) Math.min(wanted, table.rows().size());
    call.meter().check(Limit.PLOT, count + 1L);
    List<Mark> marks = new ArrayList<>();
    Curve query = SeriesFunctions.curve(call, 0, 0, POINTS, SeriesFunctions.Scale.COMPARED);
    marks.add(Mark.line(name(call.value(0), 0), "", query.phases(), query.values()));
    int id = place(call, table, AttributeTypes.ID);
    int lag = place(call, table, SearchTable.LAG);
    for (List<Value> row : table.rows().subList(0, count)) {
      if (!(row.get(id) instanceof Value.Text found)
          || !(row.get(lag) instanceof Value.LongNumber shift)) {
        throw call.wrongType(1, "a table of neighbors");
      }
      Arguments neighbor = call.with(1, found);
      Curve curve =
          SeriesFunctions.curve(neighbor, 1, shift.value(), POINTS, SeriesFunctions.Scale.COMPARED);
      String note = "lag " + shift.value();
      marks.add(Mark.line(found.value(), note, curve.phases(), curve.values()));
    }
    return picture(call, "", List.of("phase", ""), marks, Axis.Direction.ASCENDING);
  }

  private static int place(Arguments call, Table table, String name) {
    return table
        .place(name)
        .orElseThrow(() -> call.failure(1, "value/name", "table must have the column: :" + name));
  }

  private static Value histogram(Arguments call) {
    Table table = call.table(0);
    int place = call.column(1, table);
    Integer given = call.options(2, Set.of("bins")).get("bins");
    long bins = given == null ? BINS : call.integer(given);
    if (bins < 1 || bins > MOST_BINS) {
      throw call.failure(
          2, "value/index", "bins must be from 1 to " + MOST_BINS + ": bins=" + bins);
    }
    double[] values = numbers(call, table, place);
    double least = Arrays.stream(values).min().orElse(0);
    double greatest = Arrays.stream(values).max().orElse(0);
    double[] edges = edges(least, greatest, (int) bins);
    double[] counts = new double[(int) bins];
    for (double value : values) {
      counts[bin(edges, value)]++;
    }
    return picture(
        call,
        "",
        List.of(table.columns().get(place).name(), "count"),
        List.of(steps(counts, edges)),
        Axis.Direction.ASCENDING);
  }

  /** Returns the ends of bins of equal width, each the double nearest to its exact place. */
  private static double[] edges(double least, double greatest, int bins) {
    BigDecimal low = new BigDecimal(least);
    BigDecimal width = new BigDecimal(greatest).subtract(low);
    double[] edges = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      BigDecimal part =
          width.multiply(BigDecimal.valueOf(i)).divide(BigDecimal.valueOf(bins), EDGE_DIGITS);
      edges[i] = low.add(part).doubleValue();
    }
    edges[bins] = greatest;
    return edges;
  }

  /** Returns the bin of a value: the last one that begins at the value or below. */
  private static int bin(double[] edges, double value) {
    int found = Arrays.binarySearch(edges, value);
    int bin = found >= 0 ? found : -found - 2;
    return Math.min(Math.max(bin, 0), edges.length - 2);
  }

  /** Draws bars as the outline of their tops. */
  private static Mark steps(double[] counts, double[] edges) {
    int bins = counts.length;
    double[] x = new double[2 * bins + 2];
    double[] y = new double[2 * bins + 2];
    for (int i = 0; i <= bins; i++) {
      x[2 * i] = edges[i];
      x[2 * i + 1] = edges[i];
      y[2 * i] = i == 0 ? 0 : counts[i - 1];
      y[2 * i + 1] = i == bins ? 0 : counts[i];
    }
    return Mark.line("", "", x, y);
  }

  private static double[] numbers(Arguments call, Table table, int place) {
    TableColumn column = table.columns().get(place);
    if (column.type() != Type.DOUBLE && column.type() != Type.LONG) {
      throw call.failure(
          1,
          "value/column",
          "column must have numbers: column=" + column.name() + ", type=" + column.type().label());
    }
    call.meter().steps(table.rows().size());
    call.meter().allocate(table.rows().size(), Meter.POINT);
    return table.rows().stream()
        .map(row -> row.get(place))
        .filter(Comparing::isNumber)
        .mapToDouble(Arguments::decimal)
        .toArray();
  }

  private static Value scatter(Arguments call) {
    Table table = call.table(0);
    int x = call.column(1, table);
    int y = call.column(2, table);
    Integer color = call.options(3, Set.of("color")).get("color");
    List<String> labels = List.of(table.columns().get(x).name(), table.columns().get(y).name());
    numbers(call, table, x);
    numbers(call, table, y);
    Map<Value, List<List<Value>>> groups = new LinkedHashMap<>();
    int place = color == null ? -1 : call.column(color, table);
    for (List<Value> row : table.rows()) {
      if (Comparing.isNumber(row.get(x)) && Comparing.isNumber(row.get(y))) {
        Value key = place < 0 ? Value.Nil.NIL : row.get(place);
        groups.computeIfAbsent(key, one -> new ArrayList<>()).add(row);
      }
    }
    call.meter().check(Limit.PLOT, groups.size());
    List<Mark> marks = new ArrayList<>();
    groups.forEach(
        (key, rows) -> {
          Arguments group = call.with(0, table.withRows(rows));
          String name = place < 0 ? "" : key.toString();
          marks.add(mark(group, 0, Mark.Shape.POINTS, name, x, y));
        });
    if (marks.isEmpty()) {
      throw call.failure(0, "value/column", "a plot must have at least 1 point: points=0");
    }
    return picture(call, "", labels, marks, Axis.Direction.ASCENDING);
  }
}
