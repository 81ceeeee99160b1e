package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.format.MissingValues;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Resampling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts arguments to numbers and choices. Its messages say what may be given. Thread-safe. */
final class ArgumentTypes {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private ArgumentTypes() {}

  /** Makes a command and its verbs, which must have been added, use these conversions. */
  static void register(CommandLine command) {
    ITypeConverter<Integer> ints = whole(Integer::parseInt, Integer.MAX_VALUE);
    ITypeConverter<Long> longs = whole(Long::parseLong, Long.MAX_VALUE);
    command
        .registerConverter(int.class, ints)
        .registerConverter(Integer.class, ints)
        .registerConverter(long.class, longs)
        .registerConverter(Long.class, longs)
        .registerConverter(double.class, number(Double::parseDouble, "a number"))
        .registerConverter(Double.class, number(Double::parseDouble, "a number"))
        .registerConverter(OutputFormat.class, choice(OutputFormat.values()))
        .registerConverter(CachePolicy.class, choice(CachePolicy.values()))
        .registerConverter(MissingValues.class, choice(MissingValues.values()))
        .registerConverter(IfExists.class, choice(IfExists.values()))
        .registerConverter(CompletionCommand.Shell.class, choice(CompletionCommand.Shell.values()))
        .registerConverter(Resampling.class, choice(Resampling.values()))
        .registerConverter(AttributeValue.Type.class, choice(AttributeValue.Type.values()));
  }

  private static <T> ITypeConverter<T> whole(Function<String, T> parser, long most) {
    return text -> {
      boolean isTooLarge = WHOLE.matcher(text).matches();
      return number(parser, "a whole number" + (isTooLarge ? " of at most " + most : ""))
          .convert(text);
    };
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
