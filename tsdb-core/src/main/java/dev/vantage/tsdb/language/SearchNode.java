package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code similar} and {@code within}. */
final class SearchNode extends Node {
  private final Node source;
  private final Request request;

  /** A name and its place. */
  record Named(String name, Position position) {}

  /**
   * What is asked of each series.
   *
   * @param values the options that are expressions
   * @param where what neighbors must meet
   * @param selected the attributes that the form asks for
   * @param wanted the names that steps around the form need, if attributes have them
   */
  record Request(
      Map<String, Node> values,
      Optional<ConditionTemplate> where,
      List<Named> selected,
      Set<String> wanted) {}

  SearchNode(Node source, Request request, Position position) {
    super(position);
    this.source = source;
    this.request = request;
  }

  /** Says whether all within the radius are asked for: then a condition around is one inside. */
  boolean isUnlimited() {
    return request.values.containsKey("radius") && !request.values.containsKey("k");
  }

  /** Returns the same search among series that meet another condition, too. */
  SearchNode among(ConditionTemplate condition) {
    ConditionTemplate both =
        request
            .where
            .<ConditionTemplate>map(
                where ->
                    new ConditionTemplate.Group(
                        ConditionTemplate.Group.Kind.AND,
                        List.of(where, condition),
                        where.position()))
            .orElse(condition);
    return new SearchNode(
        source,
        new Request(request.values, Optional.of(both), request.selected, request.wanted),
        position());
  }

  @Override
  Value evaluate(Scope scope, Evaluator evaluator) {
    Subjects subjects = Subjects.of(evaluator.evaluate(source, scope), source.position());
    Query options = options(scope, evaluator);
    Optional<WrittenCondition> condition =
        request.where.map(where -> WrittenCondition.of(where, scope, evaluator));
    Query query =
        condition.flatMap(WrittenCondition::forDatabase).map(options::where).orElse(options);
    List<String> names = names();
    Host host = evaluator.host();
    List<SearchResult> results;
    try {
      results = search(subjects, query, names, host);
    } catch (InvalidConditionException e) {
      throw refused(e, condition, host);
    } catch (InvalidAttributeException e) {
      // Steps around the search name columns that are no attributes.
      names = attributes(names, host.types(position()));
      results = searchAgain(subjects, query, names, host);
    }
    explain(query, results, names, host);
    SearchTable table = new SearchTable(subjects, results, names, evaluator, position());
    return query.k() == Query.UNLIMITED ? table.made() : table.made().asNearest();
  }

  private ProgramException refused(
      InvalidConditionException e, Optional<WrittenCondition> condition, Host host) {
    return condition
        .map(one -> one.refused(e, host.types(position())))
        .orElseGet(() -> unexpected("condition/form", e));
  }

  private ProgramException unexpected(String code, RuntimeException e) {
    return ProgramException.at(position(), code, String.valueOf(e.getMessage()));
  }

  /** Searches with attributes that exist, unless another process changes them meanwhile. */
  private List<SearchResult> searchAgain(
      Subjects subjects, Query query, List<String> names, Host host) {
    try {
      return search(subjects, query, names, host);
    } catch (InvalidAttributeException | InvalidConditionException e) {
      throw unexpected("condition/name", e);
    }
  }

  private List<SearchResult> search(Subjects subjects, Query query, List<String> names, Host host) {
    if (subjects.series().isEmpty()) {
      return List.of();
    }
    Query selecting =
        Host.refusedAt(position(), () -> names.isEmpty() ? query : query.selecting(names));
    return host.search(subjects.queries(selecting), source.position());
  }

  /** Returns the attributes to fetch: those of the form, then those of steps around it. */
  private List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    request.selected.forEach(one -> names.add(one.name));
    request.wanted.stream().sorted().forEach(names::add);
    names.removeAll(SearchTable.OWN);
    return List.copyOf(names);
  }

  private List<String> attributes(List<String> names, AttributeTypes types) {
    for (Named one : request.selected) {
      if (types.type(one.name).isEmpty()) {
        throw ProgramException.near(
            one.position,
            "condition/name",
            "attribute must be declared: " + Spelling.name(one.name),
            types.nearest(one.name));
      }
    }
    return names.stream().filter(name -> types.type(name).isPresent()).toList();
  }

  private Query options(Scope scope, Evaluator evaluator) {
    Query query = Query.like("subject");
    for (Map.Entry<String, Node> option : request.values.entrySet()) {
      Node node = option.getValue();
      Value value = evaluator.evaluate(node, scope);
      Query before = query;
      query =
          Host.refusedAt(
              node.position(), () -> with(before, option.getKey(), value, node.position()));
    }
    return query;
  }

  private static Query with(Query query, String option, Value value, Position position) {
    return switch (option) {
      case "k" -> query.nearest(clipped(count(value, position)));
      case "radius" -> query.within(number(value, position));
      case "budget-ms" ->
          query.withBudget(query.budget().withTime(Duration.ofMillis(count(value, position))));
      case "budget-distances" -> {
        Budget budget = query.budget().withExactDistances(count(value, position));
        yield query.withBudget(budget);
      }
      default -> value.isTrue() ? query.includingSelf() : query;
    };
  }

  private static int clipped(long count) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, count));
  }

  private static long count(Value value, Position position) {
    if (value instanceof Value.LongNumber number) {
      return number.value();
    }
    throw Arguments.wrongType(position, "a long", value);
  }

  private static double number(Value value, Position position) {
    if (Comparing.isNumber(value)) {
      return Arguments.decimal(value);
    }
    throw Arguments.wrongType(position, "a number", value);
  }

  private void explain(Query query, List<SearchResult> results, List<String> names, Host host) {
    host.explanation()
        .ifPresent(
            steps -> {
              long rows = results.stream().mapToLong(one -> one.neighbors().size()).sum();
              List<String> reports = new ArrayList<>();
              results.forEach(one -> reports.add(SearchTable.described(one.report())));
              query
                  .where()
                  .ifPresent(
                      where ->
                          steps.add(
                              "condition",
                              Explanation.Place.COLUMNS,
                              host.count(IdQuery.all().where(where), position()),
                              where.toString()));
              steps.add(
                  SearchTable.operation(query),
                  Explanation.Place.INDEX,
                  rows,
                  String.join("; ", reports.subList(0, Math.min(3, reports.size()))));
              if (!names.isEmpty()) {
                steps.add("attributes", Explanation.Place.COLUMNS, rows, String.join(", ", names));
              }
            });
  }
}
