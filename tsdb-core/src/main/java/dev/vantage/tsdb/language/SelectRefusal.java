package dev.vantage.tsdb.language;

import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Turns a refused select into an error at the part that is at fault. */
final class SelectRefusal {
  private final SelectNode.Parts parts;
  private final Position whole;

  /**
   * Prepares.
   *
   * @param parts the parts of the select
   * @param whole the place of the form
   */
  SelectRefusal(SelectNode.Parts parts, Position whole) {
    this.parts = parts;
    this.whole = whole;
  }

  /**
   * Makes the error.
   *
   * @param e the refusal
   * @param check refuses a select of some of the columns as it refused all of them
   */
  ProgramException error(InvalidSelectException e, Consumer<Select> check) {
    String code =
        switch (e.rule()) {
          case COLUMNS -> "select/columns";
          case GROUPING -> "select/grouping";
          case ORDER -> "select/order";
          case ATTRIBUTE -> "condition/name";
          case TYPE -> "type";
          case OVERFLOW -> "number/overflow";
          case LIMIT -> "limit/rows";
        };
    Optional<Position> place =
        switch (e.rule()) {
          case COLUMNS, TYPE, ATTRIBUTE -> firstRefused(check);
          case GROUPING -> repeatedGroup().or(this::ungrouped);
          case ORDER -> wrongOrder();
          case OVERFLOW, LIMIT -> Optional.empty();
        };
    return ProgramException.at(place.orElse(whole), code, String.valueOf(e.getMessage()));
  }

  private Optional<Position> firstRefused(Consumer<Select> check) {
    List<SelectColumn> columns = parts.columns().stream().map(SelectNode.Column::column).toList();
    for (int count = 1; count <= columns.size(); count++) {
      try {
        check.accept(Select.of(columns.subList(0, count)).groupedBy(parts.groupNames()));
      } catch (InvalidSelectException e) {
        if (e.rule() != Rule.GROUPING) {
          return Optional.of(parts.columns().get(count - 1).position());
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Position> repeatedGroup() {
    Set<String> seen = new HashSet<>();
    return parts.groups().stream()
        .filter(group -> !seen.add(group.name()))
        .map(SearchNode.Named::position)
        .findFirst();
  }

  private Optional<Position> ungrouped() {
    List<String> groups = parts.groupNames();
    return parts.columns().stream()
        .filter(one -> one.column() instanceof SelectColumn.OfAttribute)
        .filter(one -> !groups.contains(one.column().name()))
        .map(SelectNode.Column::position)
        .findFirst();
  }

  private Optional<Position> wrongOrder() {
    Set<String> names = new HashSet<>();
    parts.columns().forEach(one -> names.add(one.column().name()));
    return parts.orders().stream()
        .filter(order -> !names.remove(order.order().column()))
        .map(StepNodes.Order::position)
        .findFirst()
        .or(() -> parts.orders().stream().map(StepNodes.Order::position).findFirst());
  }
}
