package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.condition.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code distance}: a search around one series among the other one alone. */
final class DistanceNode extends Node {
  private final Node one;
  private final Node other;

  DistanceNode(Node one, Node other, Position position) {
    super(position);
    this.one = one;
    this.other = other;
  }

  @Override
  Value evaluate(Scope scope, Evaluator evaluator) {
    Value first = single(one, scope, evaluator);
    Value second = single(other, scope, evaluator);
    Host host = evaluator.host();
    if (second instanceof Value.Text id) {
      Neighbor found = found(one, first, id.value(), other.position(), host);
      return first.equals(second)
          ? result(0, 0, evaluator)
          : result(found.distance(), found.lag(), evaluator);
    } else if (first instanceof Value.Text id) {
      Neighbor found = found(other, second, id.value(), one.position(), host);
      int length = host.stats(position()).settings().length();
      // The lag of the query against a neighbor is the opposite of the neighbor's against it.
      return result(found.distance(), (length - found.lag()) % length, evaluator);
    }
    throw ProgramException.at(
        position(), "value/series", "one of two series must be stored, and given by its id");
  }

  private static Value single(Node node, Scope scope, Evaluator evaluator) {
    Value value = evaluator.evaluate(node, scope);
    Subjects subjects = Subjects.of(value, node.position());
    if (subjects.kind() != Subjects.Kind.ONE) {
      throw Arguments.wrongType(node.position(), "an id or a series", value);
    }
    return value;
  }

  private static Neighbor found(Node source, Value subject, String id, Position place, Host host) {
    Condition isOther = Condition.parse("id = '" + id.replace("'", "''") + "'");
    Query query = Query.like(id).nearest(1).includingSelf().where(isOther);
    List<SearchResult> results =
        host.search(List.of(Subjects.about(query, subject)), source.position());
    List<Neighbor> neighbors = results.get(0).neighbors();
    if (neighbors.isEmpty()) {
      host.get(id, place); // fails with the ids that are near
      throw ProgramException.at(place, "database/key", "no series has this id: id=" + id);
    }
    return neighbors.get(0);
  }

  private static Value result(double distance, long lag, Evaluator evaluator) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(SearchTable.DISTANCE, new Value.DoubleNumber(distance));
    fields.put(SearchTable.LAG, new Value.LongNumber(lag));
    return evaluator.meter().record(fields);
  }
}
