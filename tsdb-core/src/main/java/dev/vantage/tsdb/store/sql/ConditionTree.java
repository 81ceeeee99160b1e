package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.series.AttributeTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * A filter in the form for SQL. AND and OR have two operands each, operands on the same attribute
 * are grouped, and the tree has the least depth, because databases limit the depth of an
 * expression.
 *
 * @param filter a test or a constant; with operands, the filter that this node was made from
 * @param operator the operator between the operands
 * @param operands two, or none
 * @param attribute the only declared attribute in this tree, if there is exactly one
 */
record ConditionTree(
    Filter filter,
    String operator,
    List<ConditionTree> operands,
    Optional<String> attribute,
    int height) {

  static ConditionTree of(Filter filter) {
    if (filter instanceof Filter.And and) {
      return joined(and, and.operands(), " AND ", Filter.Constant.TRUE);
    } else if (filter instanceof Filter.Or or) {
      return joined(or, or.operands(), " OR ", Filter.Constant.FALSE);
    }
    boolean needsValue =
        !(filter instanceof Filter.Constant)
            && !(filter instanceof Filter.NullTest test && !test.negated());
    Optional<String> attribute =
        needsValue
            ? filter.attributes().stream().filter(name -> !AttributeTypes.isBuiltIn(name)).findAny()
            : Optional.empty();
    return new ConditionTree(filter, "", List.of(), attribute, 1);
  }

  private static ConditionTree joined(
      Filter filter, List<Filter> operands, String operator, Filter ofNone) {
    if (operands.isEmpty()) {
      return of(ofNone);
    }
    Map<Optional<String>, List<ConditionTree>> groups =
        operands.stream()
            .map(ConditionTree::of)
            .collect(
                Collectors.groupingBy(
                    ConditionTree::attribute, LinkedHashMap::new, Collectors.toList()));
    List<ConditionTree> trees = new ArrayList<>();
    groups.forEach(
        (attribute, group) -> {
          if (attribute.isPresent()) {
            trees.add(lowest(filter, group, operator));
          } else {
            trees.addAll(group);
          }
        });
    return lowest(filter, trees, operator);
  }

  /** Joins the two lowest trees until one remains. Keeps the order of operands in each pair. */
  private static ConditionTree lowest(Filter filter, List<ConditionTree> trees, String operator) {
    record Placed(int place, ConditionTree tree) {}
    PriorityQueue<Placed> waiting =
        new PriorityQueue<>(
            Comparator.comparingInt((Placed one) -> one.tree.height)
                .thenComparingInt(Placed::place));
    for (int place = 0; place < trees.size(); place++) {
      waiting.add(new Placed(place, trees.get(place)));
    }
    while (waiting.size() > 1) {
      Placed one = waiting.remove();
      Placed other = waiting.remove();
      boolean inOrder = one.place < other.place;
      Placed first = inOrder ? one : other;
      Placed second = inOrder ? other : one;
      waiting.add(new Placed(first.place, pair(filter, operator, first.tree, second.tree)));
    }
    return waiting.remove().tree;
  }

  private static ConditionTree pair(
      Filter filter, String operator, ConditionTree first, ConditionTree second) {
    return new ConditionTree(
        filter,
        operator,
        List.of(first, second),
        first.attribute.filter(name -> second.attribute.equals(first.attribute)),
        1 + Math.max(first.height, second.height));
  }
}
