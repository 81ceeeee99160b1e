package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Accepted;
import dev.vantage.tsdb.condition.DoubleFilter;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.Leaf;
import dev.vantage.tsdb.condition.LongFilter;
import dev.vantage.tsdb.condition.TextFilter;
import dev.vantage.tsdb.series.AttributeTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a filter in SQL. Adjacent tests of one declared attribute share one look-up of its value.
 * This is correct because a series has at most one value of an attribute.
 */
public final class ConditionSql {
  private final SqlDialect dialect;
  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private ConditionSql(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Writes a filter as a condition on the tables {@code series s}, {@code summary m} and {@code
   * attribute}, which has at most one row for a series and a name. Cost: proportional to its size.
   * The filter of a condition has at most 14,000 parameters and nests at most 300 deep.
   *
   * @param filter the filter
   * @param dialect the database that will read the condition
   * @return the condition; literals and names of attributes are parameters
   */
  public static SqlCondition write(Filter filter, SqlDialect dialect) {
    ConditionSql writer = new ConditionSql(dialect);
    writer.write(ConditionTree.of(filter));
    return new SqlCondition(writer.text.toString(), writer.parameters);
  }

  private void write(ConditionTree tree) {
    if (tree.attribute().isPresent()) {
      exists(tree.attribute().get());
      text.append(" AND ");
      tests(tree);
      text.append(')');
    } else if (!tree.operands().isEmpty()) {
      joined(tree, this::write);
    } else if (tree.filter() instanceof Filter.NullTest test
        && !AttributeTypes.isBuiltIn(test.attribute())) {
      text.append("NOT ");
      exists(test.attribute());
      text.append(')');
    } else {
      tests(tree);
    }
  }

  private void exists(String attribute) {
    text.append("EXISTS (SELECT 1 FROM attribute a WHERE a.key = s.key AND a.name = ?");
    parameters.add(attribute);
  }

  private void joined(ConditionTree tree, Consumer<ConditionTree> writing) {
    text.append('(');
    writing.accept(tree.operands().get(0));
    text.append(tree.operator());
    writing.accept(tree.operands().get(1));
    text.append(')');
  }

  /**
   * Writes tests of an available value: a column of the summary, or the value found by {@code
   * exists}.
   */
  private void tests(ConditionTree tree) {
    Filter filter = tree.filter();
    if (!tree.operands().isEmpty()) {
      joined(tree, this::tests);
    } else if (filter instanceof Filter.Constant constant) {
      text.append(constant.value() ? "1 = 1" : "1 = 0");
    } else if (filter instanceof Filter.NullTest test) {
      // The value of a declared attribute has just been found.
      text.append(column(test.attribute(), "a.name"))
          .append(test.negated() ? " IS NOT NULL" : " IS NULL");
    } else if (filter instanceof DoubleFilter test) {
      test(test.leaf(), "a.double_value");
    } else if (filter instanceof LongFilter test) {
      test(test.leaf(), "a.long_value");
    } else if (filter instanceof TextFilter test) {
      test(test.leaf(), "a.text_value");
    }
  }

  private void test(Leaf<?> leaf, String declared) {
    text.append(column(leaf.attribute(), declared));
    if (leaf.accepted() instanceof Accepted.Range<?> range) {
      text.append(range.written(leaf.polarity(), "?", "?"));
      parameters.addAll(range.ends());
    } else if (leaf.accepted() instanceof Accepted.Members<?> members) {
      int count = members.values().size();
      text.append(leaf.negated() ? " NOT IN (" : " IN (")
          .append(String.join(", ", Collections.nCopies(count, "?")))
          .append(')');
      parameters.addAll(members.values());
    } else if (leaf.accepted() instanceof Accepted.Matching matching) {
      text.append(dialect.matching(leaf.negated()));
      parameters.add(dialect.pattern(matching.pattern()));
    }
  }

  private static String column(String attribute, String declared) {
    if (!AttributeTypes.isBuiltIn(attribute)) {
      return declared;
    }
    return (attribute.equals(AttributeTypes.ID) ? "s." : "m.") + attribute;
  }
}
