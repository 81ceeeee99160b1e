package dev.vantage.tsdb.language;

import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The votes of neighbors. Thread-safe. */
final class VoteFunctions {
  /** Keeps the weight of a neighbor at distance 0 finite. */
  private static final double LEAST_DISTANCE = 1e-6;

  private VoteFunctions() {}

  static List<Builtin> all() {
    return List.of(
        Builtin.of(
            "(majority t :column)",
            "The most frequent value but nil; of several the first value in the table, which"
                + " among neighbors is the nearer one; nil of none.",
            2,
            call ->
                ordered(votes(call, Optional.empty())).stream()
                    .findFirst()
                    .map(Vote::value)
                    .orElse(Value.Nil.NIL)),
        Builtin.of(
            "(vote t :column [:weight :none|:inverse])",
            "A table of the values with their votes and shares; :inverse weighs each row by"
                + " 1 / (distance + 1e-6).",
            2,
            4,
            VoteFunctions::vote));
  }

  /** A value and its votes. */
  private static final class Vote {
    private final Value value;
    private long count;
    private double weight;

    Vote(Value value) {
      this.value = value;
    }

    Value value() {
      return value;
    }

    double weight() {
      return weight;
    }
  }

  private static Map<Comparing.Key, Vote> votes(Arguments call, Optional<Integer> distance) {
    Table table = call.table(0);
    int place = call.column(1, table);
    Map<Comparing.Key, Vote> votes = new LinkedHashMap<>();
    for (List<Value> row : table.rows()) {
      Value value = row.get(place);
      call.meter().step();
      if (!(value instanceof Value.Nil)) {
        call.meter().allocate(1, Meter.ELEMENT);
        Vote vote =
            votes.computeIfAbsent(
                new Comparing.Key(value, call.meter()), key -> new Vote(key.value()));
        vote.count++;
        vote.weight += distance.map(at -> weight(call, row.get(at))).orElse(1.0);
      }
    }
    return votes;
  }

  private static double weight(Arguments call, Value distance) {
    if (distance instanceof Value.DoubleNumber number && number.value() >= 0) {
      return 1 / (number.value() + LEAST_DISTANCE);
    }
    throw Arguments.wrongType(call.position(0), "a table with distances", distance);
  }

  private static List<Vote> ordered(Map<Comparing.Key, Vote> votes) {
    return votes.values().stream()
        .sorted(Comparator.comparingDouble(Vote::weight).reversed())
        .toList();
  }

  private static Value vote(Arguments call) {
    boolean isWeighted = isWeighted(call);
    Table table = call.table(0);
    Optional<Integer> distance = isWeighted ? Optional.of(distance(call, table)) : Optional.empty();
    List<Vote> votes = ordered(votes(call, distance));
    double sum = votes.stream().mapToDouble(Vote::weight).sum();
    List<List<Value>> rows = new ArrayList<>();
    for (Vote vote : votes) {
      Value number =
          isWeighted ? new Value.DoubleNumber(vote.weight) : new Value.LongNumber(vote.count);
      rows.add(List.of(vote.value, number, new Value.DoubleNumber(vote.weight / sum)));
    }
    Type type = table.columns().get(call.column(1, table)).type();
    List<TableColumn> columns =
        List.of(
            new TableColumn("value", type),
            new TableColumn("votes", isWeighted ? Type.DOUBLE : Type.LONG),
            new TableColumn("share", Type.DOUBLE));
    return call.meter().table(Table.of(columns, rows));
  }

  private static boolean isWeighted(Arguments call) {
    Integer weight = call.options(2, Set.of("weight")).get("weight");
    if (weight == null) {
      return false;
    }
    String name = call.keyword(weight).name();
    if (!name.equals("none") && !name.equals("inverse")) {
      throw call.failure(
          weight, "call/option", "weight must be :none or :inverse: " + call.value(weight));
    }
    return name.equals("inverse");
  }

  private static int distance(Arguments call, Table table) {
    return table
        .place("distance")
        .orElseThrow(() -> call.failure(0, "value/name", "table must have the column: :distance"));
  }
}
