package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes a table of the answers to searches. Not thread-safe. */
final class SearchTable {
  static final String QUERY = "query";
  static final String DISTANCE = "distance";
  static final String LAG = "lag";

  /** The columns that a search gives of itself. */
  static final Set<String> OWN = Set.of(QUERY, AttributeTypes.ID, DISTANCE, LAG);

  private final Subjects subjects;
  private final List<SearchResult> results;
  private final List<String> names;
  private final Evaluator evaluator;
  private final Position position;

  /**
   * Takes answers.
   *
   * @param results an answer for each subject
   * @param names the attributes that were asked for
   */
  SearchTable(
      Subjects subjects,
      List<SearchResult> results,
      List<String> names,
      Evaluator evaluator,
      Position position) {
    this.subjects = subjects;
    this.results = results;
    this.names = names;
    this.evaluator = evaluator;
    this.position = position;
  }

  Table made() {
    evaluator.meter().at(position);
    long count = results.stream().mapToLong(result -> result.neighbors().size()).sum();
    evaluator.meter().check(Limit.ROWS, count);
    evaluator.meter().steps(count);
    List<TableColumn> columns = columns();
    evaluator.meter().allocate(count * columns.size(), Meter.CELL);
    List<List<Value>> rows = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      for (int j = 0; j < results.get(i).neighbors().size(); j++) {
        rows.add(row(i, j));
      }
    }
    return Table.of(columns, rows).withNotes(notes());
  }

  private List<String> notes() {
    return results.stream()
        .map(SearchResult::report)
        .filter(report -> !report.exact())
        .map(report -> "complete within distance " + report.completeWithin())
        .toList();
  }

  private List<TableColumn> columns() {
    List<TableColumn> columns = new ArrayList<>();
    if (subjects.kind() == Subjects.Kind.SEVERAL) {
      columns.add(new TableColumn(QUERY, Type.TEXT));
    }
    columns.add(new TableColumn(AttributeTypes.ID, Type.TEXT));
    columns.add(new TableColumn(DISTANCE, Type.DOUBLE));
    columns.add(new TableColumn(LAG, Type.LONG));
    names.forEach(name -> columns.add(new TableColumn(name, type(name))));
    return columns;
  }

  /** Returns the type of an attribute: that of its first value, so that most answers suffice. */
  private Type type(String name) {
    return results.stream()
        .flatMap(result -> result.attributes().stream())
        .flatMap(attributes -> Optional.ofNullable(attributes.asMap().get(name)).stream())
        .map(AttributeValue::type)
        .findFirst()
        .or(() -> evaluator.host().types(position).type(name))
        .orElse(Type.TEXT);
  }

  private List<Value> row(int subject, int number) {
    SearchResult result = results.get(subject);
    Neighbor neighbor = result.neighbors().get(number);
    List<Value> row = new ArrayList<>();
    if (subjects.kind() == Subjects.Kind.SEVERAL) {
      row.add(new Value.Text(subjects.name(subject)));
    }
    row.add(new Value.Text(neighbor.id()));
    row.add(new Value.DoubleNumber(neighbor.distance()));
    row.add(new Value.LongNumber(neighbor.lag()));
    for (String name : names) {
      row.add(Cells.value(Optional.ofNullable(result.attributes().get(number).asMap().get(name))));
    }
    return List.copyOf(row);
  }

  /** Describes what a search asks for. */
  static String operation(Query query) {
    String within = query.radius() < Double.POSITIVE_INFINITY ? "within " + query.radius() : "";
    String nearest = query.k() < Query.UNLIMITED ? "nearest " + query.k() : "";
    return nearest + (nearest.isEmpty() || within.isEmpty() ? "" : " ") + within;
  }

  /** Describes what a search did. */
  static String described(SearchReport report) {
    StringBuilder text = new StringBuilder();
    text.append(report.plan().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(", ").append(report.candidates()).append(" candidates");
    report
        .pruned()
        .forEach((bound, count) -> text.append(", ").append(count).append(" ").append(bound));
    text.append(", ").append(report.exactDistances()).append(" exact distances");
    return text.append(report.exact() ? ", exact" : ", complete within " + report.completeWithin())
        .toString();
  }
}
