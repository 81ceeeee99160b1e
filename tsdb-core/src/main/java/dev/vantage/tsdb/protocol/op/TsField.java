package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.TooManyPointsException;
import dev.vantage.tsdb.protocol.ReadCosts;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The field {@code ts}: {@code [times, values]}, or just {@code values}. It is read directly into
 * arrays of doubles, because it is most of a large frame. An error in it is kept until it is known
 * whether the operation uses the field.
 */
final class TsField {
  private static final int INITIAL_CAPACITY = 64;

  private final List<double[]> lists = new ArrayList<>();
  private final int maxPoints;
  private final Room room;
  private Optional<TimeSeries> series = Optional.empty();
  private boolean nested;
  private @Nullable RuntimeException problem;

  private TsField(int maxPoints, Room room) {
    this.maxPoints = maxPoints;
    this.room = room;
  }

  /**
   * Reads the value that begins at the current token, to its end. Above the maximum, keeps no
   * points.
   */
  static TsField read(JsonParser parser, int maxPoints, Room room) throws IOException {
    TsField field = new TsField(maxPoints, room);
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      field.note(
          "ts must be [times, values] or values: ts=" + JsonValue.kind(parser.currentToken()));
      parser.skipChildren();
      return field;
    }
    field.nested = parser.nextToken() == JsonToken.START_ARRAY;
    if (field.nested) {
      field.readLists(parser);
    } else {
      field.lists.add(field.readNumbers(parser, "ts"));
    }
    return field;
  }

  /** Returns the series, if the field is one. The series replaces the arrays that were read. */
  TimeSeries toSeries() {
    if (series.isEmpty()) {
      series = Optional.of(makeSeries());
      lists.clear();
    }
    return series.get();
  }

  private TimeSeries makeSeries() {
    if (problem != null) {
      throw problem;
    }
    if (!nested) {
      return TimeSeries.ofValues(lists.get(0));
    }
    if (lists.size() != 2) {
      throw new InvalidRequestException(
          "ts must be [times, values] or values: arrays in ts=" + lists.size());
    }
    return TimeSeries.of(lists.get(0), lists.get(1));
  }

  private void readLists(JsonParser parser) throws IOException {
    for (; parser.currentToken() != JsonToken.END_ARRAY; parser.nextToken()) {
      if (problem != null || lists.size() == 2) {
        note("ts must be [times, values] or values: arrays in ts>2");
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.START_ARRAY) {
        parser.nextToken();
        lists.add(readNumbers(parser, "ts[" + lists.size() + "]"));
      } else {
        note(
            "ts["
                + lists.size()
                + "] must be an array of numbers: found="
                + JsonValue.kind(parser.currentToken()));
        parser.skipChildren();
      }
    }
  }

  /** Reads numbers from the current token to the end of its array. */
  private double[] readNumbers(JsonParser parser, String name) throws IOException {
    room.take(ReadCosts.numbers(INITIAL_CAPACITY));
    double[] numbers = new double[INITIAL_CAPACITY];
    int size = 0;
    for (JsonToken token = parser.currentToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!token.isNumeric() && problem != null) {
        parser.skipChildren();
      } else if (!token.isNumeric()) {
        note(name + " must hold numbers only: " + name + "[" + size + "]=" + JsonValue.kind(token));
        parser.skipChildren();
      } else if (problem == null && size == maxPoints) {
        problem =
            new TooManyPointsException(
                name + " must have at most " + maxPoints + " points: points>" + maxPoints);
        numbers = new double[0];
        size = 0;
      } else if (problem == null) {
        if (size == numbers.length) {
          numbers = larger(numbers);
        }
        double number = number(parser, token);
        if (!Double.isFinite(number)) {
          note(name + " must be finite: " + name + "[" + size + "]=" + number);
        }
        numbers[size++] = number;
      }
    }
    return Arrays.copyOf(numbers, size);
  }

  private double[] larger(double[] numbers) {
    int larger = Math.min(numbers.length + (numbers.length >> 1), Math.max(maxPoints, 1));
    room.take(ReadCosts.numbers(larger - numbers.length));
    return Arrays.copyOf(numbers, larger);
  }

  private static double number(JsonParser parser, JsonToken token) throws IOException {
    // An integer token may be -0, or so long that parsing it as an integer would be expensive.
    return token == JsonToken.VALUE_NUMBER_INT
        ? Double.parseDouble(parser.getText())
        : parser.getDoubleValue();
  }

  private void note(String newProblem) {
    if (problem == null) {
      problem = new InvalidRequestException(newProblem);
    }
  }
}
