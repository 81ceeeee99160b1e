package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Resampling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts arguments to numbers and choices. Its messages say what may be given. Thread-safe. */
final class ArgumentTypes {
  private ArgumentTypes() {}

  /** Makes a command and its verbs, which must have been added, use these conversions. */
  static void register(CommandLine command) {
    String whole = "a whole number";
    String longs = whole + " of at most 19 digits";
    String ints = whole + " of at most " + Integer.MAX_VALUE;
    command
        .registerConverter(int.class, number(Integer::parseInt, ints))
        .registerConverter(Integer.class, number(Integer::parseInt, ints))
        .registerConverter(long.class, number(Long::parseLong, longs))
        .registerConverter(Long.class, number(Long::parseLong, longs))
        .registerConverter(double.class, number(Double::parseDouble, "a number"))
        .registerConverter(Double.class, number(Double::parseDouble, "a number"))
        .registerConverter(OutputFormat.class, choice(OutputFormat.values()))
        .registerConverter(IfExists.class, choice(IfExists.values()))
        .registerConverter(Resampling.class, choice(Resampling.values()))
        .registerConverter(AttributeValue.Type.class, choice(AttributeValue.Type.values()));
  }

  private static <T> ITypeConverter<T> number(Function<String, T> parser, String kind) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("must be " + kind + ": '" + text + "'");
      }
    };
  }

  private static <E extends Enum<E>> ITypeConverter<E> choice(E[] values) {
    return text ->
        Arrays.stream(values)
            .filter(value -> value.name().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException("must be " + either(values) + ": '" + text + "'"));
  }

  private static String either(Enum<?>[] values) {
    List<String> names =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
