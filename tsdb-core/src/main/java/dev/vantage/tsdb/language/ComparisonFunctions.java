package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Comparisons and tests of types. Thread-safe. */
final class ComparisonFunctions {
  private static final int ANY = Integer.MAX_VALUE;

  private ComparisonFunctions() {}

  static List<Builtin> all() {
    List<Builtin> all = new ArrayList<>(comparisons());
    all.addAll(types());
    return all;
  }

  private static List<Builtin> comparisons() {
    return List.of(
        Builtin.of(
            "(= x x ...)",
            "Whether values are equal; numbers across long and double.",
            2,
            ANY,
            call -> chained(call, i -> equal(call, i))),
        Builtin.of(
            "(!= x x ...)",
            "Whether each value differs from the next.",
            2,
            ANY,
            call -> chained(call, i -> !equal(call, i))),
        Builtin.of(
            "(< x x ...)",
            "Whether each number, text, timestamp or boolean is below the next.",
            2,
            ANY,
            call -> chained(call, i -> order(call, i) < 0)),
        Builtin.of(
            "(<= x x ...)",
            "Whether each is below or equal to the next.",
            2,
            ANY,
            call -> chained(call, i -> order(call, i) <= 0)),
        Builtin.of(
            "(> x x ...)",
            "Whether each is above the next.",
            2,
            ANY,
            call -> chained(call, i -> order(call, i) > 0)),
        Builtin.of(
            "(>= x x ...)",
            "Whether each is above or equal to the next.",
            2,
            ANY,
            call -> chained(call, i -> order(call, i) >= 0)),
        Builtin.of("(not x)", "Whether the value is false or nil.", 1, call -> not(call.value(0))));
  }

  private static Value not(Value value) {
    return Value.Bool.of(!value.isTrue());
  }

  /** Tests each argument against the next, also after a test has failed: types are checked. */
  private static Value chained(Arguments call, IntPredicate holds) {
    boolean all = true;
    for (int i = 0; i + 1 < call.size(); i++) {
      call.meter().step();
      all &= holds.test(i);
    }
    return Value.Bool.of(all);
  }

  private static boolean equal(Arguments call, int number) {
    return Comparing.equal(call.value(number), call.value(number + 1), call.meter());
  }

  private static int order(Arguments call, int number) {
    Value one = call.value(number);
    Value other = call.value(number + 1);
    return Comparing.order(one, other)
        .orElseThrow(
            () ->
                call.wrongType(
                    Comparing.order(one, one).isEmpty() ? number : number + 1,
                    Comparing.order(one, one).isEmpty()
                        ? "a number, text, timestamp or boolean"
                        : "comparable with " + one.type()));
  }

  private static List<Builtin> types() {
    return List.of(
        type("nil", "nil", Value.Nil.class::isInstance),
        type("boolean", "true or false", Value.Bool.class::isInstance),
        type("number", "a long or a double", Comparing::isNumber),
        type("text", "a text", Value.Text.class::isInstance),
        type("timestamp", "a timestamp", Value.Moment.class::isInstance),
        type("list", "a list", Value.ListValue.class::isInstance),
        type("record", "a record", Value.RecordValue.class::isInstance),
        type("table", "a table", Table.class::isInstance),
        type("series", "a series", Value.SeriesValue.class::isInstance),
        type("function", "a function", Value.FunctionValue.class::isInstance));
  }

  private static Builtin type(String name, String article, Predicate<Value> test) {
    return Builtin.of(
        "(" + name + "? x)",
        "Whether the value is " + article + ".",
        1,
        call -> Value.Bool.of(test.test(call.value(0))));
  }
}
