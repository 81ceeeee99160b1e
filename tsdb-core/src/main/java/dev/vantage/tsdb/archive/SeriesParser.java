package dev.vantage.tsdb.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the series of a file, one object after the other. Not thread-safe. */
final class SeriesParser {
  private static final int FEWEST_NUMBERS = 256;

  private final JsonParser json;
  private final SortedMap<String, Type> types;
  private final SizeLimit allowance;

  SeriesParser(JsonParser json, AttributeTypes types, SizeLimit allowance) {
    this.json = json;
    this.types = types.declared();
    this.allowance = allowance;
  }

  /**
   * Reads an object whose start token was just read.
   *
   * @throws IOException if it is not JSON, or the file cannot be read
   * @throws IllegalArgumentException if it is not a series
   */
  ArchivedSeries read() throws IOException {
    allowance.reset();
    Optional<String> id = Optional.empty();
    Optional<Instant> insertedAt = Optional.empty();
    Attributes attributes = Attributes.none();
    OptionalDouble period = OptionalDouble.empty();
    Optional<double[]> times = Optional.empty();
    Optional<double[]> values = Optional.empty();
    Set<String> seen = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!seen.add(name)) {
        throw new IllegalArgumentException("field must occur once: field=" + name);
      }
      json.nextToken();
      switch (name) {
        case ArchiveFormat.ID -> id = Optional.of(text());
        case ArchiveFormat.INSERTED_AT -> insertedAt = Optional.of(moment().value());
        case ArchiveFormat.ATTRIBUTES -> attributes = attributes();
        case ArchiveFormat.PERIOD -> period = OptionalDouble.of(number());
        case ArchiveFormat.TIMES -> times = Optional.of(numbers());
        case ArchiveFormat.VALUES -> values = Optional.of(numbers());
        default -> throw new IllegalArgumentException("field must be known: field=" + name);
      }
    }
    TimeSeries points = points(times, values.orElseThrow(() -> missing(ArchiveFormat.VALUES)));
    if (period.isPresent()) {
      points = points.foldedBy(period.getAsDouble());
    }
    return new ArchivedSeries(
        new SeriesEntry(id.orElseThrow(() -> missing(ArchiveFormat.ID)), points, attributes),
        insertedAt);
  }

  private static TimeSeries points(Optional<double[]> times, double[] values) {
    return times.isPresent() ? TimeSeries.of(times.get(), values) : TimeSeries.ofValues(values);
  }

  private static IllegalArgumentException missing(String field) {
    return new IllegalArgumentException("field is missing: field=" + field);
  }

  private Attributes attributes() throws IOException {
    expect(JsonToken.START_OBJECT);
    SortedMap<String, AttributeValue> values = new TreeMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      allowance.takeText(name);
      Type type = types.get(name);
      if (type == null) {
        throw new IllegalArgumentException("attribute must be declared: name='" + name + "'");
      }
      json.nextToken();
      if (values.put(name, value(type)) != null) {
        throw new IllegalArgumentException("attribute must occur once: name='" + name + "'");
      }
    }
    return Attributes.of(values);
  }

  private AttributeValue value(Type type) throws IOException {
    return switch (type) {
      case DOUBLE -> new AttributeValue.DoubleValue(number());
      case LONG -> {
        expect(JsonToken.VALUE_NUMBER_INT);
        yield new AttributeValue.LongValue(json.getLongValue());
      }
      case TEXT -> new AttributeValue.TextValue(text());
      case BOOLEAN -> new AttributeValue.BooleanValue(json.getBooleanValue());
      case TIMESTAMP -> moment();
    };
  }

  private AttributeValue.TimestampValue moment() throws IOException {
    try {
      return new AttributeValue.TimestampValue(Instant.parse(text()));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("timestamp must be ISO 8601: " + e.getMessage(), e);
    }
  }

  private String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    String text = json.getText();
    allowance.takeText(text);
    return text;
  }

  private double[] numbers() throws IOException {
    expect(JsonToken.START_ARRAY);
    double[] numbers = new double[FEWEST_NUMBERS];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == numbers.length) {
        allowance.takeNumbers(count);
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number();
    }
    return Arrays.copyOf(numbers, count);
  }

  private double number() throws IOException {
    // An integer has no negative zero, so "-0" is read as a double.
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return Double.parseDouble(json.getText());
    }
    expect(JsonToken.VALUE_NUMBER_FLOAT);
    return json.getDoubleValue();
  }

  private void expect(JsonToken token) {
    if (json.currentToken() != token) {
      throw new IllegalArgumentException(
          "value must be " + kind(token) + ": found=" + kind(json.currentToken()));
    }
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "null";
    };
  }
}
