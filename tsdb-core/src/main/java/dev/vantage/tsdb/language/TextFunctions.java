package dev.vantage.tsdb.language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Texts and timestamps. Thread-safe. */
final class TextFunctions {
  private static final int ANY = Integer.MAX_VALUE;
  private static final double NANOS = 1e9;

  private TextFunctions() {}

  static List<Builtin> all() {
    List<Builtin> all = new ArrayList<>(whole());
    all.addAll(parts());
    all.addAll(times());
    return all;
  }

  private static List<Builtin> whole() {
    return List.of(
        Builtin.of(
            "(text x ...)",
            "The texts of the values, one after the other; costs a step a char.",
            0,
            ANY,
            TextFunctions::text),
        Builtin.of(
            "(text-length s)",
            "The number of code points; costs a step a char.",
            1,
            call -> {
              String text = counted(call, 0);
              return new Value.LongNumber(text.codePointCount(0, text.length()));
            }),
        Builtin.of(
            "(upper s)",
            "The text in capitals; costs a step a char.",
            1,
            call -> changed(call, LetterCase::upper)),
        Builtin.of(
            "(lower s)",
            "The text in small letters; costs a step a char.",
            1,
            call -> changed(call, LetterCase::lower)));
  }

  private static String counted(Arguments call, int number) {
    String text = call.text(number);
    call.meter().steps(text.length());
    return text;
  }

  private static Value changed(Arguments call, UnaryOperator<String> change) {
    return call.meter().text(change.apply(counted(call, 0)));
  }

  private static Value text(Arguments call) {
    long most = call.meter().limit(Limit.TEXT);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < call.size(); i++) {
      ValuePrinter printer = new ValuePrinter((int) Math.min(most, Integer.MAX_VALUE - 1));
      printer.alone(call.value(i));
      call.meter().check(Limit.TEXT, printer.isFull() ? most + 1 : 0);
      int before = text.length();
      text.append(printer);
      call.meter().steps(text.length() - before);
      call.meter().check(Limit.TEXT, text.length());
    }
    return call.meter().text(text.toString());
  }

  private static List<Builtin> parts() {
    return List.of(
        Builtin.of(
            "(starts-with? s s)",
            "Whether the first text begins with the second.",
            2,
            call -> Value.Bool.of(counted(call, 0).startsWith(call.text(1)))),
        Builtin.of(
            "(ends-with? s s)",
            "Whether the first text ends with the second.",
            2,
            call -> Value.Bool.of(counted(call, 0).endsWith(call.text(1)))),
        Builtin.of(
            "(contains? s s) or (contains? xs x)",
            "Whether a text has another text in it, or a list or table an element.",
            2,
            TextFunctions::contains),
        Builtin.of(
            "(split s s)",
            "The parts of the first text between occurrences of the second; costs a step a char.",
            2,
            TextFunctions::split),
        Builtin.of(
            "(number s)",
            "The number that a text spells; nil if the text is no number.",
            1,
            call -> AtomReader.number(counted(call, 0)).orElse(Value.Nil.NIL)));
  }

  private static Value contains(Arguments call) {
    if (call.value(0) instanceof Value.Text) {
      call.meter().steps(call.text(1).length());
      return Value.Bool.of(new TextSearch(call.text(1)).indexIn(counted(call, 0), 0) >= 0);
    }
    for (Value item : call.items(0)) {
      if (Comparing.equal(item, call.value(1), call.meter())) {
        return Value.Bool.TRUE;
      }
    }
    return Value.Bool.FALSE;
  }

  private static Value split(Arguments call) {
    String text = counted(call, 0);
    String separator = call.text(1);
    if (separator.isEmpty()) {
      throw call.failure(1, "type", "separator must not be empty: value=\"\"");
    }
    List<Value> parts = new ArrayList<>();
    int from = 0;
    call.meter().steps(separator.length());
    TextSearch search = new TextSearch(separator);
    for (int at = search.indexIn(text, 0); at >= 0; at = search.indexIn(text, from)) {
      parts.add(call.meter().text(text.substring(from, at)));
      from = at + separator.length();
    }
    parts.add(call.meter().text(text.substring(from)));
    return call.meter().list(parts);
  }

  private static List<Builtin> times() {
    return List.of(
        Builtin.of(
            "(now)",
            "The moment at which the program began, the same for the whole program.",
            0,
            call -> new Value.Moment(call.host().began())),
        Builtin.of(
            "(seconds timestamp timestamp)",
            "The second timestamp minus the first, in seconds, as a double.",
            2,
            call -> {
              Duration between = Duration.between(call.moment(0).value(), call.moment(1).value());
              return new Value.DoubleNumber(between.getSeconds() + between.getNano() / NANOS);
            }));
  }
}
