package dev.vantage.tsdb.filter;

import dev.vantage.tsdb.series.AttributeTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes a filter in SQL. */
final class SqlWriter {
  private final SqlDialect dialect;
  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private SqlWriter(SqlDialect dialect) {
    this.dialect = dialect;
  }

  static SqlCondition write(Filter filter, SqlDialect dialect) {
    SqlWriter writer = new SqlWriter(dialect);
    writer.write(filter);
    return new SqlCondition(writer.text.toString(), writer.parameters);
  }

  private void write(Filter filter) {
    if (filter instanceof Filter.And and) {
      joined(and.operands(), " AND ", true);
    } else if (filter instanceof Filter.Or or) {
      joined(or.operands(), " OR ", false);
    } else if (filter instanceof Filter.Constant constant) {
      constant(constant.value());
    } else if (filter instanceof Filter.NullTest test) {
      nullTest(test);
    } else if (filter instanceof DoubleTest test) {
      test(test.leaf(), "a.double_value");
    } else if (filter instanceof LongTest test) {
      test(test.leaf(), "a.long_value");
    } else if (filter instanceof TextTest test) {
      test(test.leaf(), "a.text_value");
    }
  }

  private void constant(boolean value) {
    text.append(value ? "1 = 1" : "1 = 0");
  }

  /** As a balanced tree, because databases limit how deep an expression may be. */
  private void joined(List<Filter> operands, String operator, boolean ofNone) {
    if (operands.isEmpty()) {
      constant(ofNone);
    } else if (operands.size() == 1) {
      write(operands.get(0));
    } else {
      int middle = operands.size() / 2;
      text.append('(');
      joined(operands.subList(0, middle), operator, ofNone);
      text.append(operator);
      joined(operands.subList(middle, operands.size()), operator, ofNone);
      text.append(')');
    }
  }

  private void nullTest(Filter.NullTest test) {
    if (AttributeTypes.isBuiltIn(test.attribute())) {
      text.append(column(test.attribute())).append(test.negated() ? " IS NOT NULL" : " IS NULL");
    } else {
      text.append(test.negated() ? "" : "NOT ");
      exists(test.attribute());
      text.append(')');
    }
  }

  private void test(Leaf<?> leaf, String declaredColumn) {
    if (AttributeTypes.isBuiltIn(leaf.attribute())) {
      text.append(column(leaf.attribute()));
      accepted(leaf);
    } else {
      exists(leaf.attribute());
      text.append(" AND ").append(declaredColumn);
      accepted(leaf);
      text.append(')');
    }
  }

  private static String column(String builtIn) {
    return (builtIn.equals(AttributeTypes.ID) ? "s." : "m.") + builtIn;
  }

  private void exists(String attribute) {
    text.append("EXISTS (SELECT 1 FROM attribute a WHERE a.key = s.key AND a.name = ?");
    parameters.add(attribute);
  }

  private void accepted(Leaf<?> leaf) {
    if (leaf.accepted() instanceof Accepted.Range<?> range) {
      text.append(range.written(leaf.negated(), "?", "?"));
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
}
