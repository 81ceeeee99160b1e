package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.series.AttributeTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a search is about: one series, or several that are asked for in one batch. Immutable.
 *
 * @param series ids as texts, and series
 * @param kind whether the answer names the series that each row is about
 */
record Subjects(List<Value> series, Kind kind) {

  /** How the series were given. */
  enum Kind {
    ONE,
    SEVERAL
  }

  /**
   * Reads the value of a source.
   *
   * @throws ProgramException if it is no id, no series, and no list or table of these
   */
  static Subjects of(Value source, Position position) {
    if (isSubject(source)) {
      return new Subjects(List.of(source), Kind.ONE);
    } else if (source instanceof Table table) {
      int id =
          table
              .place(AttributeTypes.ID)
              .orElseThrow(
                  () ->
                      ProgramException.at(
                          position, "value/name", "table must have the column: :id"));
      return several(table.rows().stream().map(row -> row.get(id)).toList(), position);
    } else if (source instanceof Value.ListValue list) {
      return several(list.items(), position);
    }
    throw wrong(source, position);
  }

  private static Subjects several(List<Value> items, Position position) {
    for (Value item : items) {
      if (!isSubject(item)) {
        throw wrong(item, position);
      }
    }
    return new Subjects(List.copyOf(items), Kind.SEVERAL);
  }

  private static boolean isSubject(Value value) {
    return value instanceof Value.Text || value instanceof Value.SeriesValue;
  }

  private static ProgramException wrong(Value value, Position position) {
    return Arguments.wrongType(position, "an id, a series, or a list or table of these", value);
  }

  /** Returns a query about one series. */
  static Query about(Query query, Value subject) {
    return subject instanceof Value.SeriesValue series
        ? query.about(series.series())
        : query.about(((Value.Text) subject).value());
  }

  /** Returns a query for each series. */
  List<Query> queries(Query query) {
    List<Query> queries = new ArrayList<>();
    series.forEach(subject -> queries.add(about(query, subject)));
    return queries;
  }

  /** Returns what the answer calls a series: its id, or its place from 0 if it was given. */
  String name(int place) {
    return series.get(place) instanceof Value.Text id ? id.value() : Integer.toString(place);
  }
}
