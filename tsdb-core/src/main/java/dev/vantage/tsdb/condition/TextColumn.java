package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.List;
import java.util.Optional;

/** An attribute of type text. Immutable. */
record TextColumn(Name name) implements Column {
  @Override
  public Filter range(Optional<Literal> low, Optional<Literal> high, boolean negated) {
    return test(new Accepted.Range<>(low.map(this::text), high.map(this::text)), negated);
  }

  @Override
  public Filter among(List<Literal> literals, boolean negated) {
    List<String> members = literals.stream().map(this::text).sorted().distinct().toList();
    return test(new Accepted.Members<>(members), negated);
  }

  private Filter test(Accepted<String> accepted, boolean negated) {
    return new TextFilter(new Leaf<>(name.text(), accepted, Polarity.of(negated)));
  }

  private String text(Literal literal) {
    if (literal instanceof Literal.Text text) {
      return text.value();
    }
    throw Column.clash(name, Type.TEXT, literal);
  }
}
