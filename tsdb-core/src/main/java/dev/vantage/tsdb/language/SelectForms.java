package dev.vantage.tsdb.language;

import dev.vantage.tsdb.language.SearchNode.Named;
import dev.vantage.tsdb.language.SelectNode.Column;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.SelectColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The forms that select columns and group rows. Thread-safe. */
final class SelectForms {
  private static final int ANY = Integer.MAX_VALUE;
  private static final String COLUMNS = "select/columns";
  private static final Set<String> ALLOWED =
      Set.of("from", "where", "group-by", "order-by", "limit");

  /** The columns of a search that are no attributes of the database. */
  private static final Set<String> FOUND =
      Set.of(SearchTable.DISTANCE, SearchTable.LAG, SearchTable.QUERY);

  private SelectForms() {}

  static List<SpecialForm> all() {
    return List.of(
        new SpecialForm(
            "select",
            "(select *|(COLUMN ...) [:from TABLE] [:where CONDITION] [:group-by (NAME ...)]"
                + " [:order-by (NAME|(asc NAME)|(desc NAME) ...)] [:limit N])",
            "Attributes of stored series, or columns of a table, as a table. COLUMN is NAME, (count),"
                + " (F NAME) or (as NAME COLUMN); F is count, count-distinct, min, max, sum, mean,"
                + " std, median or majority. At most 1000 rows unless :limit is given.",
            new SpecialForm.Arity(1, ANY),
            SelectForms::select),
        new SpecialForm(
            "aggregate",
            "(aggregate TABLE (:group :NAME ...) (:NEW F [:NAME]) ...)",
            "A row for each group of rows of a table, with aggregates as select has them.",
            new SpecialForm.Arity(2, ANY),
            SelectForms::aggregate));
  }

  private static Node select(Form.Sequence form, Compilation to) {
    Options options = Options.of(BasicForms.rest(form, 1), ALLOWED);
    List<Column> columns = columns(form.arguments().get(0));
    List<Named> groups = new ArrayList<>();
    for (Form name : options.list("group-by", ":group-by must have names in parentheses")) {
      groups.add(new Named(name(name), name.position()));
    }
    Optional<ConditionTemplate> where =
        options.get("where").map(condition -> ConditionCompiler.compile(condition, to));
    Set<String> needed = new HashSet<>();
    columns.forEach(column -> column.attribute().ifPresent(needed::add));
    groups.forEach(group -> needed.add(group.name()));
    where.ifPresent(condition -> needed.addAll(condition.names()));
    Optional<Node> from = options.get("from").map(table -> source(table, needed, to));
    if (from.isPresent() && where.isPresent() && movesInside(from.get(), where.get())) {
      from = Optional.of(((SearchNode) from.get()).among(where.get()));
      where = Optional.empty();
    }
    List<StepNodes.Order> orders =
        TableForms.orders(options.list("order-by", ":order-by must have orders in parentheses"));
    Optional<Node> limit = options.get("limit").map(to::expression);
    SelectNode.Parts parts = new SelectNode.Parts(columns, where, groups, orders);
    SelectNode.Cut cut = limit.isPresent() ? SelectNode.Cut.GIVEN : SelectNode.Cut.STANDARD;
    return new SelectNode(parts, new SelectNode.Reach(from, limit, cut), form.position());
  }

  /** Compiles the table of {@code :from}. A select in it is not cut off at its standard limit. */
  private static Node source(Form form, Set<String> needed, Compilation to) {
    Node node = to.table(form, needed);
    return node instanceof SelectNode select ? select.whole() : node;
  }

  /** Says whether a condition after a search is the same question as a condition in it. */
  private static boolean movesInside(Node from, ConditionTemplate where) {
    return from instanceof SearchNode search
        && search.isUnlimited()
        && where.names().stream().noneMatch(FOUND::contains);
  }

  private static List<Column> columns(Form form) {
    if (form.symbol().filter("*"::equals).isPresent()) {
      return List.of();
    }
    if (!(form instanceof Form.Sequence list) || list.items().isEmpty()) {
      throw malformed(form);
    }
    List<Column> columns = new ArrayList<>();
    list.items().forEach(item -> columns.add(column(item)));
    return columns;
  }

  private static ProgramException malformed(Form form) {
    return ProgramException.at(
        form.position(),
        COLUMNS,
        "columns must be * or (COLUMN ...), a column NAME, (count), (F NAME) or (as NAME COLUMN): "
            + ValuePrinter.brief(form.value()));
  }

  private static Column column(Form form) {
    if (form.symbol().isPresent()) {
      return new Column(SelectColumn.of(form.symbol().get()), form.position());
    }
    String head = form.head().orElseThrow(() -> malformed(form));
    List<Form> parts = ((Form.Sequence) form).arguments();
    if (head.equals("as") && parts.size() == 2) {
      String name = name(parts.get(0));
      TableFunctions.checkCell(parts.get(0).position(), name, Value.Nil.NIL);
      Column inner = column(parts.get(1));
      return new Column(inner.column().as(name), inner.position());
    } else if (head.equals("count") && parts.isEmpty()) {
      return new Column(SelectColumn.countOfRows(), form.position());
    } else if (parts.size() == 1) {
      return new Column(
          SelectColumn.of(function(head, form), name(parts.get(0))), parts.get(0).position());
    }
    throw malformed(form);
  }

  private static Aggregate function(String name, Form form) {
    List<String> known = List.of(Aggregate.values()).stream().map(Aggregate::label).toList();
    return Aggregate.ofLabel(name)
        .orElseThrow(
            () ->
                ProgramException.near(
                    form.position(),
                    COLUMNS,
                    "aggregate must be one of "
                        + String.join(" ", known)
                        + ": "
                        + Spelling.name(name),
                    Nearest.of(name, known)));
  }

  private static String name(Form form) {
    return form.symbol().or(form::keyword).orElseThrow(() -> malformed(form));
  }

  private static Node aggregate(Form.Sequence form, Compilation to) {
    Node table = to.expression(form.arguments().get(0));
    Form groupForm = form.arguments().get(1);
    Form.Sequence group = BasicForms.list(groupForm, "aggregate must have (:group :NAME ...)");
    boolean isGroup =
        !group.items().isEmpty()
            && group.items().get(0).keyword().filter("group"::equals).isPresent();
    if (!isGroup) {
      throw BasicForms.refused(groupForm, "aggregate must have (:group :NAME ...)");
    }
    List<Named> groups = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Form name : group.arguments()) {
      groups.add(new Named(name(name), name.position()));
      columns.add(new Column(SelectColumn.of(name(name)), name.position()));
    }
    BasicForms.rest(form, 2).forEach(item -> columns.add(aggregated(item)));
    if (columns.isEmpty()) {
      throw malformed(form);
    }
    SelectNode.Parts parts = new SelectNode.Parts(columns, Optional.empty(), groups, List.of());
    SelectNode.Reach reach =
        new SelectNode.Reach(Optional.of(table), Optional.empty(), SelectNode.Cut.NONE);
    return new SelectNode(parts, reach, form.position());
  }

  private static Column aggregated(Form form) {
    boolean isNamed =
        form instanceof Form.Sequence list
            && (list.items().size() == 2 || list.items().size() == 3)
            && list.items().get(1).symbol().isPresent();
    if (!isNamed) {
      throw BasicForms.refused(form, "an aggregate must be (:NEW F [:NAME])");
    }
    List<Form> items = ((Form.Sequence) form).items();
    String function = items.get(1).symbol().orElseThrow();
    boolean isOfRows = items.size() == 2 && function.equals("count");
    if (items.size() == 2 && !isOfRows) {
      throw BasicForms.refused(form, "an aggregate but count must have a column");
    }
    SelectColumn column =
        isOfRows
            ? SelectColumn.countOfRows()
            : SelectColumn.of(function(function, items.get(1)), name(items.get(2)));
    return new Column(column.as(name(items.get(0))), items.get(items.size() - 1).position());
  }
}
