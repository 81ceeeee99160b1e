package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Arithmetic. Thread-safe. */
final class NumberFunctions {
  private static final int ANY = Integer.MAX_VALUE;
  private static final double TWO_TO_63 = 0x1p63;

  private NumberFunctions() {}

  static List<Builtin> all() {
    List<Builtin> all = new ArrayList<>();
    all.addAll(sums());
    all.addAll(divisions());
    all.addAll(choices());
    all.addAll(roots());
    return all;
  }

  private static List<Builtin> sums() {
    return List.of(
        Builtin.of(
            "(+ n ...)",
            "The sum: a long if all numbers are, else a double; (+) is 0.",
            0,
            ANY,
            call -> folded(call, 0, Math::addExact, Double::sum)),
        Builtin.of(
            "(- n ...)",
            "The first number minus the others; (- n) negates.",
            1,
            ANY,
            NumberFunctions::minus),
        Builtin.of(
            "(* n ...)",
            "The product: a long if all numbers are, else a double; (*) is 1.",
            0,
            ANY,
            call -> folded(call, 1, Math::multiplyExact, (a, b) -> a * b)));
  }

  private static Value minus(Arguments call) {
    if (call.size() > 1) {
      Value result = first(call, call.number(0));
      for (int i = 1; i < call.size(); i++) {
        result = combined(call, result, i, Math::subtractExact, (a, b) -> a - b);
      }
      return result;
    }
    return combined(call, new Value.LongNumber(0), 0, Math::subtractExact, (a, b) -> -b);
  }

  private static Value folded(
      Arguments call, long first, LongBinaryOperator longs, DoubleBinaryOperator doubles) {
    Value result = first(call, new Value.LongNumber(first));
    for (int i = 0; i < call.size(); i++) {
      result = combined(call, result, i, longs, doubles);
    }
    return result;
  }

  /** Returns the first number to combine: a double if any argument is one. */
  private static Value first(Arguments call, Value number) {
    boolean isDouble = false;
    for (int i = 0; i < call.size(); i++) {
      isDouble |= call.number(i) instanceof Value.DoubleNumber;
    }
    return isDouble ? new Value.DoubleNumber(Arguments.decimal(number)) : number;
  }

  private static Value combined(
      Arguments call,
      Value before,
      int number,
      LongBinaryOperator longs,
      DoubleBinaryOperator doubles) {
    call.meter().step();
    Value next = call.number(number);
    if (before instanceof Value.LongNumber a && next instanceof Value.LongNumber b) {
      try {
        return new Value.LongNumber(longs.applyAsLong(a.value(), b.value()));
      } catch (ArithmeticException e) {
        throw overflow(call, number, "long");
      }
    }
    double result = doubles.applyAsDouble(Arguments.decimal(before), Arguments.decimal(next));
    if (!Double.isFinite(result)) {
      throw overflow(call, number, "double");
    }
    return new Value.DoubleNumber(result);
  }

  private static ProgramException overflow(Arguments call, int number, String type) {
    return call.failure(
        number,
        "number/overflow",
        "result must fit a " + type + ": last argument=" + ValuePrinter.brief(call.value(number)));
  }

  private static List<Builtin> divisions() {
    return List.of(
        Builtin.of("(/ n n)", "The quotient, always a double.", 2, NumberFunctions::quotient),
        Builtin.of(
            "(quotient i i)",
            "The quotient of longs, rounded towards zero.",
            2,
            call -> {
              if (call.integer(0) == Long.MIN_VALUE && divisor(call) == -1) {
                throw overflow(call, 1, "long");
              }
              return new Value.LongNumber(call.integer(0) / divisor(call));
            }),
        Builtin.of(
            "(modulo i i)",
            "The remainder of longs, with the sign of the divisor.",
            2,
            call -> new Value.LongNumber(Math.floorMod(call.integer(0), divisor(call)))));
  }

  private static Value quotient(Arguments call) {
    double divisor = call.decimal(1);
    double dividend = call.decimal(0);
    if (divisor == 0) {
      throw call.failure(1, "number/zero", "divisor must not be 0: divisor=0");
    }
    double result = dividend / divisor;
    if (!Double.isFinite(result)) {
      throw overflow(call, 1, "double");
    }
    return new Value.DoubleNumber(result);
  }

  private static long divisor(Arguments call) {
    long divisor = call.integer(1);
    if (divisor == 0) {
      throw call.failure(1, "number/zero", "divisor must not be 0: divisor=0");
    }
    return divisor;
  }

  private static List<Builtin> choices() {
    return List.of(
        Builtin.of(
            "(abs n)",
            "The number without its sign.",
            1,
            call -> {
              boolean isNegative = Comparing.numbers(call.number(0), new Value.LongNumber(0)) < 0;
              return isNegative ? minus(call) : call.value(0);
            }),
        Builtin.of("(min n ...)", "The least number.", 1, ANY, call -> extreme(call, -1)),
        Builtin.of("(max n ...)", "The greatest number.", 1, ANY, call -> extreme(call, 1)),
        Builtin.of(
            "(round n)",
            "The nearest long; a half is rounded to the even one.",
            1,
            call -> whole(call, Math::rint)),
        Builtin.of(
            "(floor n)",
            "The greatest long that is not above the number.",
            1,
            call -> whole(call, Math::floor)),
        Builtin.of(
            "(ceiling n)",
            "The least long that is not below the number.",
            1,
            call -> whole(call, Math::ceil)));
  }

  private static Value extreme(Arguments call, int sign) {
    Value best = call.number(0);
    for (int i = 1; i < call.size(); i++) {
      call.meter().step();
      best = sign * Comparing.numbers(call.number(i), best) > 0 ? call.value(i) : best;
    }
    return best;
  }

  private static Value whole(Arguments call, DoubleUnaryOperator rounded) {
    if (call.number(0) instanceof Value.LongNumber number) {
      return number;
    }
    double result = rounded.applyAsDouble(call.decimal(0));
    if (result < -TWO_TO_63 || result >= TWO_TO_63) {
      throw overflow(call, 0, "long");
    }
    return new Value.LongNumber((long) result);
  }

  private static List<Builtin> roots() {
    return List.of(
        Builtin.of("(sqrt n)", "The square root.", 1, call -> real(call, StrictMath.sqrt(n(call)))),
        Builtin.of(
            "(exp n)",
            "The constant e to the power n.",
            1,
            call -> real(call, StrictMath.exp(n(call)))),
        Builtin.of(
            "(log n [base])",
            "The natural logarithm, or the one to a base.",
            1,
            2,
            call ->
                real(
                    call,
                    call.size() == 1
                        ? StrictMath.log(n(call))
                        : StrictMath.log(n(call)) / logarithmOfBase(call.decimal(1)))),
        Builtin.of(
            "(pow n n)",
            "The first number to the power of the second, as a double.",
            2,
            call -> real(call, StrictMath.pow(n(call), call.decimal(1)))));
  }

  /** Returns the logarithm of a base; not a number of a base that has no logarithms. */
  private static double logarithmOfBase(double base) {
    return base > 0 ? StrictMath.log(base) : Double.NaN;
  }

  private static double n(Arguments call) {
    return call.decimal(0);
  }

  private static Value real(Arguments call, double result) {
    if (!Double.isFinite(result)) {
      throw call.failure(
          0, "number/domain", "result must be finite and real: argument=" + call.value(0));
    }
    return new Value.DoubleNumber(result);
  }
}
