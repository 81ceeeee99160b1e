package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.Attributes;
import java.util.List;
import java.util.regex.Pattern;

/** Reads attributes as people write them. */
final class AttributeOptions {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private AttributeOptions() {}

  static Attributes parse(List<String> options) {
    Attributes attributes = Attributes.none();
    for (String option : options) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--attribute must be NAME=VALUE: --attribute=" + option);
      }
      attributes =
          attributes.with(option.substring(0, equals), value(option.substring(equals + 1)));
    }
    return attributes;
  }

  /** A value of the first type that it can be: whole number, number, truth, text. */
  static AttributeValue value(String text) {
    if (WHOLE.matcher(text).matches()) {
      try {
        return new LongValue(Long.parseLong(text));
      } catch (NumberFormatException e) {
        // Too large for a long, yet a number.
        return new DoubleValue(Double.parseDouble(text));
      }
    }
    if (NUMBER.matcher(text).matches()) {
      return new DoubleValue(Double.parseDouble(text));
    }
    if (text.equals("true") || text.equals("false")) {
      return new BooleanValue(text.equals("true"));
    }
    return new TextValue(text);
  }
}
