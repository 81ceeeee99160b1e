package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A test of an attribute of type text; false for null. Strings are ordered by code points, which is
 * the order of their UTF-8 bytes. Immutable.
 */
public final class TextFilter extends LeafFilter<String> {
  private final Predicate<String> accepted;

  TextFilter(Leaf<String> leaf) {
    super(leaf);
    this.accepted = predicate(leaf.accepted());
  }

  private static Predicate<String> predicate(Accepted<String> accepted) {
    if (accepted instanceof Accepted.Range<String> range) {
      Optional<String> low = range.low();
      Optional<String> high = range.high();
      return value ->
          (low.isEmpty() || SeriesIds.ORDER.compare(low.get(), value) <= 0)
              && (high.isEmpty() || SeriesIds.ORDER.compare(value, high.get()) <= 0);
    } else if (accepted instanceof Accepted.Members<String> among) {
      return Set.copyOf(among.values())::contains;
    } else if (accepted instanceof Accepted.Matching matching) {
      return matching.pattern()::matches;
    }
    throw new AssertionError(accepted);
  }

  /**
   * Tests a value. Cost: linear in the length of the value; for LIKE, times one per 64 characters
   * of the pattern's longest segment.
   *
   * @param value the attribute's value, not null
   * @return whether the value passes
   */
  public boolean test(String value) {
    Objects.requireNonNull(value, "value");
    return accepted.test(value) != leaf().negated();
  }

  @Override
  boolean accepts(AttributeValue value) {
    if (value instanceof TextValue text) {
      return test(text.value());
    }
    throw refused(value);
  }
}
