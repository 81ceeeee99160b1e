package dev.vantage.tsdb.language;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.language.SearchNode.Named;
import dev.vantage.tsdb.rows.BoundSelect;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.RowCollector;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code select} and {@code aggregate}. */
final class SelectNode extends Node {
  private final Parts parts;
  private final Reach reach;

  /** A column and the place of its attribute. */
  record Column(SelectColumn column, Position position) {
    Optional<String> attribute() {
      if (column instanceof SelectColumn.OfAttribute one) {
        return Optional.of(one.attribute());
      }
      return column instanceof SelectColumn.OfAggregate one
          ? Optional.of(one.attribute())
          : Optional.empty();
    }
  }

  /** What is selected; no columns stand for all. */
  record Parts(
      List<Column> columns,
      Optional<ConditionTemplate> where,
      List<Named> groups,
      List<StepNodes.Order> orders) {

    boolean isGrouped() {
      return !groups.isEmpty()
          || columns.stream().anyMatch(one -> !(one.column() instanceof SelectColumn.OfAttribute));
    }

    List<String> groupNames() {
      return groups.stream().map(Named::name).toList();
    }

    /** Names the step for its explanation. */
    String operation() {
      List<String> names = groupNames();
      return names.isEmpty() ? "select" : "group by " + String.join(", ", names);
    }

    /** Describes the step for its explanation: the columns that are not grouped by. */
    String described() {
      List<String> names =
          columns.stream()
              .map(one -> one.column().name())
              .filter(name -> groups.stream().noneMatch(group -> group.name().equals(name)))
              .toList();
      return columns.isEmpty() ? "*" : String.join(", ", names);
    }
  }

  /** Where the rows end. */
  enum Cut {
    /** At the limit that the form gives. */
    GIVEN,
    /** At the standard limit; a note says that rows were left out. */
    STANDARD,
    /** At the limit of the program. */
    NONE
  }

  /** The table that rows are selected from, if it is not the database, and the limit. */
  record Reach(Optional<Node> from, Optional<Node> limit, Cut cut) {}

  SelectNode(Parts parts, Reach reach, Position position) {
    super(position);
    this.parts = parts;
    this.reach = reach;
  }

  /** Returns the same select without the standard limit. */
  SelectNode whole() {
    return reach.cut == Cut.STANDARD
        ? new SelectNode(parts, new Reach(reach.from, reach.limit, Cut.NONE), position())
        : this;
  }

  @Override
  Value evaluate(Scope scope, Evaluator evaluator) {
    return evaluate(scope, evaluator, OptionalLong.empty());
  }

  /**
   * Evaluates the select.
   *
   * @param most the most rows that the step around it needs; empty for all within the limit
   */
  Table evaluate(Scope scope, Evaluator evaluator, OptionalLong most) {
    long limit = limit(scope, evaluator);
    boolean isStandard = reach.cut == Cut.STANDARD && most.isEmpty();
    long wanted = Math.min(limit, most.orElse(Long.MAX_VALUE));
    if (wanted == 0) {
      wanted = 1; // the columns are wanted all the same
    }
    long asked = isStandard ? wanted + 1 : wanted;
    Select select = select((int) Math.min(Integer.MAX_VALUE, asked));
    Table table =
        reach.from.isPresent()
            ? ofTable(reach.from.get(), select, scope, evaluator)
            : ofDatabase(select, scope, evaluator);
    long kept = Math.min(limit, most.orElse(Long.MAX_VALUE));
    if (reach.cut == Cut.NONE && most.isEmpty() && table.rows().size() >= limit) {
      throw tooMany(limit);
    } else if (table.rows().size() <= kept) {
      return evaluator.meter().table(table);
    }
    Table cut = evaluator.meter().table(table.withRows(table.rows().subList(0, (int) kept)));
    String end = kept < Select.DEFAULT_LIMIT ? ", the most of a program" : "; say :limit";
    return isStandard ? cut.withNotes(List.of(kept + " of more rows" + end)) : cut;
  }

  /** A database may refuse to be asked for one more row, so a full table counts as too many. */
  private ProgramException tooMany(long limit) {
    return ProgramException.at(
        position(),
        Limit.ROWS.code(),
        "rows must be fewer than "
            + limit
            + ": rows="
            + limit
            + ", hint: select fewer or say :limit");
  }

  private long limit(Scope scope, Evaluator evaluator) {
    if (reach.limit.isPresent()) {
      Node node = reach.limit.get();
      Value value = evaluator.evaluate(node, scope);
      if (!(value instanceof Value.LongNumber number)) {
        throw Arguments.wrongType(node.position(), "a long", value);
      } else if (number.value() < 1) {
        throw ProgramException.at(
            node.position(), "database/request", "limit must be >= 1: limit=" + number.value());
      }
      evaluator.meter().at(node.position());
      evaluator.meter().check(Limit.ROWS, number.value());
      return number.value();
    }
    long most = evaluator.meter().limit(Limit.ROWS);
    return reach.cut == Cut.STANDARD ? Math.min(Select.DEFAULT_LIMIT, most) : most;
  }

  private Select select(int limit) {
    try {
      Select all =
          parts.columns.isEmpty()
              ? Select.all()
              : Select.of(parts.columns.stream().map(Column::column).toList());
      return all.groupedBy(parts.groupNames())
          .orderedBy(parts.orders.stream().map(StepNodes.Order::order).toList())
          .limit(limit);
    } catch (InvalidSelectException e) {
      throw refused(e, select -> {});
    }
  }

  private Table ofDatabase(Select select, Scope scope, Evaluator evaluator) {
    Optional<WrittenCondition> written = condition(scope, evaluator);
    Optional<Condition> where = written.flatMap(WrittenCondition::forDatabase);
    Select whole = where.map(select::where).orElse(select);
    Host host = evaluator.host();
    Table table = asked(written, host, () -> Cells.table(host.select(whole, position())));
    host.explanation()
        .ifPresent(
            steps ->
                steps.add(
                    parts.operation(),
                    Explanation.Place.SQL,
                    table.rows().size(),
                    parts.described() + where.map(one -> ", where " + one).orElse("")));
    return table;
  }

  private Optional<WrittenCondition> condition(Scope scope, Evaluator evaluator) {
    return parts.where.map(where -> WrittenCondition.of(where, scope, evaluator));
  }

  private <T> T asked(Optional<WrittenCondition> written, Host host, Host.Refusable<T> request) {
    try {
      return request.get();
    } catch (InvalidConditionException e) {
      throw written
          .map(one -> one.refused(e, host.types(position())))
          .orElseGet(
              () ->
                  ProgramException.at(
                      position(), "condition/form", String.valueOf(e.getMessage())));
    } catch (InvalidSelectException e) {
      AttributeTypes types = host.types(position());
      checkAttributes(types);
      throw refused(local(e, types), select -> BoundSelect.of(select, types));
    }
  }

  /** Finds the broken rule, which a refusal over a socket does not name. */
  private InvalidSelectException local(InvalidSelectException e, AttributeTypes types) {
    try {
      BoundSelect.of(select(1), types);
      return e;
    } catch (InvalidSelectException known) {
      return known;
    }
  }

  private Table ofTable(Node from, Select select, Scope scope, Evaluator evaluator) {
    Table all = StepNodes.table(from, scope, evaluator);
    Table table =
        parts.where.isPresent()
            ? StepNodes.filtered(all, parts.where.get(), scope, evaluator)
            : all;
    checkNames(
        name -> table.place(name).isPresent(),
        name -> Nearest.of(name, table.names()),
        "column must be in the table");
    Table result;
    try {
      RowCollector collector = RowCollector.of(BoundSelect.of(select, table.columns()));
      for (int i = 0; i < table.rows().size(); i++) {
        evaluator.meter().steps(1L + parts.columns.size());
        collector.add(Cells.row(table, i));
      }
      result = Cells.table(collector.rows());
    } catch (InvalidSelectException e) {
      throw refused(e, part -> BoundSelect.of(part, table.columns()));
    }
    evaluator
        .host()
        .explanation()
        .ifPresent(
            steps ->
                steps.add(
                    parts.operation(),
                    Explanation.Place.PROGRAM,
                    result.rows().size(),
                    parts.described()));
    return result.withNotes(table.notes());
  }

  private void checkAttributes(AttributeTypes types) {
    checkNames(name -> types.type(name).isPresent(), types::nearest, "attribute must be declared");
  }

  private void checkNames(
      Predicate<String> isKnown, Function<String, Optional<String>> nearest, String rule) {
    List<Named> names = new ArrayList<>();
    parts.columns.forEach(
        column ->
            column.attribute().ifPresent(name -> names.add(new Named(name, column.position))));
    names.addAll(parts.groups);
    for (Named one : names) {
      if (!isKnown.test(one.name())) {
        throw ProgramException.near(
            one.position(),
            "condition/name",
            rule + ": " + Spelling.name(one.name()),
            nearest.apply(one.name()));
      }
    }
  }

  private ProgramException refused(InvalidSelectException e, Consumer<Select> check) {
    return new SelectRefusal(parts, position()).error(e, check);
  }

  /** Counts the rows; of a plain select of the database without making them. */
  long count(Scope scope, Evaluator evaluator) {
    boolean isPlain = reach.from.isEmpty() && !parts.isGrouped() && parts.orders.isEmpty();
    if (!isPlain) {
      return whole().evaluate(scope, evaluator, OptionalLong.empty()).rows().size();
    }
    long limit = reach.limit.isPresent() ? limit(scope, evaluator) : Long.MAX_VALUE;
    Host host = evaluator.host();
    if (parts.columns.stream().anyMatch(SelectNode::isDeclared)) {
      checkAttributes(host.types(position()));
    }
    select(1); // checks the names of columns
    Optional<WrittenCondition> written = condition(scope, evaluator);
    IdQuery query =
        written
            .flatMap(WrittenCondition::forDatabase)
            .map(where -> IdQuery.all().where(where))
            .orElse(IdQuery.all());
    long count = Math.min(limit, asked(written, host, () -> host.count(query, position())));
    host.explanation()
        .ifPresent(steps -> steps.add("count", Explanation.Place.SQL, 1, query.toString()));
    return count;
  }

  private static boolean isDeclared(Column column) {
    return column.attribute().filter(name -> !AttributeTypes.isBuiltIn(name)).isPresent();
  }
}
