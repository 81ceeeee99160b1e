package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Lists, and tables as lists of their rows. Thread-safe. */
final class ListFunctions {
  private static final int ANY = Integer.MAX_VALUE;

  private ListFunctions() {}

  static List<Builtin> all() {
    List<Builtin> all = new ArrayList<>(elements());
    all.addAll(parts());
    all.addAll(made());
    return all;
  }

  private static List<Builtin> elements() {
    return List.of(
        Builtin.of(
            "(count xs) or (count s)",
            "The number of elements, rows or code points; 0 of nil.",
            1,
            ListFunctions::count),
        Builtin.of(
            "(empty? xs)",
            "Whether there is no element or row.",
            1,
            call -> Value.Bool.of(call.count(0) == 0)),
        Builtin.of(
            "(first xs)", "The first element; nil if there is none.", 1, call -> at(call, 0)),
        Builtin.of(
            "(last xs)",
            "The last element; nil if there is none.",
            1,
            call -> at(call, call.count(0) - 1)),
        Builtin.of(
            "(nth xs i [default])",
            "The element at a place, from 0; the default if there is none.",
            2,
            3,
            ListFunctions::nth));
  }

  private static Value count(Arguments call) {
    if (call.value(0) instanceof Value.Nil) {
      return new Value.LongNumber(0);
    } else if (call.value(0) instanceof Value.Text text) {
      call.meter().steps(text.value().length());
      return new Value.LongNumber(text.value().codePointCount(0, text.value().length()));
    }
    return new Value.LongNumber(call.count(0));
  }

  private static Value at(Arguments call, int place) {
    if (place < 0 || place >= call.count(0)) {
      return Value.Nil.NIL;
    } else if (call.value(0) instanceof Table table) {
      call.meter().allocate(table.columns().size(), Meter.FIELD);
      return table.row(place);
    }
    return call.items(0).get(place);
  }

  private static Value nth(Arguments call) {
    long place = call.integer(1);
    if (place >= 0 && place < call.count(0)) {
      return at(call, (int) place);
    } else if (call.size() == 3) {
      return call.value(2);
    }
    throw call.failure(
        1,
        "value/index",
        "index must be from 0 and below the count: index=" + place + ", count=" + call.count(0));
  }

  private static List<Builtin> parts() {
    return List.of(
        Builtin.of(
            "(rest xs)",
            "All elements but the first; costs a step an element.",
            1,
            call -> range(call, 0, Math.min(1, call.count(0)), call.count(0))),
        Builtin.of(
            "(take i xs) or (take xs i)",
            "The first elements; the rows of a table stay a table." + " Costs a step an element.",
            2,
            call -> {
              int xs = sequence(call);
              return range(call, xs, 0, clipped(call, xs));
            }),
        Builtin.of(
            "(drop i xs) or (drop xs i)",
            "All but the first elements; the rows of a table stay a table."
                + " Costs a step an element.",
            2,
            call -> {
              int xs = sequence(call);
              return range(call, xs, clipped(call, xs), call.count(xs));
            }),
        Builtin.of(
            "(reverse xs)",
            "The elements from last to first; costs a step an element.",
            1,
            call -> {
              int count = call.count(0);
              return call.chosen(
                  0, IntStream.range(0, count).mapToObj(i -> count - 1 - i).toList());
            }),
        Builtin.of(
            "(distinct xs)",
            "The elements without repetition, the first of equals; costs a step an element.",
            1,
            ListFunctions::distinct));
  }

  /** Returns which of two arguments is the list or table; the other one is the number. */
  private static int sequence(Arguments call) {
    return call.value(0) instanceof Value.ListValue || call.value(0) instanceof Table ? 0 : 1;
  }

  private static int clipped(Arguments call, int xs) {
    long wanted = call.integer(1 - xs);
    if (wanted < 0) {
      throw call.failure(1 - xs, "value/index", "count must be >= 0: count=" + wanted);
    }
    return (int) Math.min(wanted, call.count(xs));
  }

  private static Value range(Arguments call, int number, int from, int to) {
    call.meter().steps(to - from);
    if (call.value(number) instanceof Table table) {
      return call.meter().table(table.withRows(table.rows().subList(from, to)));
    }
    return call.meter().list(call.items(number).subList(from, to));
  }

  private static Value distinct(Arguments call) {
    List<Value> items = call.items(0);
    call.meter().allocate(items.size(), Meter.ELEMENT);
    Set<Comparing.Key> seen = new HashSet<>();
    List<Integer> kept =
        IntStream.range(0, items.size())
            .filter(i -> seen.add(new Comparing.Key(items.get(i), call.meter())))
            .boxed()
            .toList();
    return call.chosen(0, kept);
  }

  private static List<Builtin> made() {
    return List.of(
        Builtin.of("(list x ...)", "A list.", 0, ANY, call -> call.meter().list(call.from(0))),
        Builtin.of(
            "(concat xs ...)",
            "The elements of all lists, one after the other; costs a step an element.",
            0,
            ANY,
            ListFunctions::concat),
        Builtin.of(
            "(range [from] to [step])",
            "The longs from 0 or a start up to, not including, an end; costs a step an element.",
            1,
            3,
            ListFunctions::range));
  }

  private static Value concat(Arguments call) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < call.size(); i++) {
      List<Value> items = call.items(i);
      call.meter().steps(items.size());
      call.meter().allocate(items.size(), Meter.ELEMENT);
      all.addAll(items);
    }
    return call.meter().countedList(all);
  }

  /** Returns how many longs a range has; the greatest long if the count fits no long. */
  private static long count(long from, long to, long step) {
    if (step > 0 ? from >= to : from <= to) {
      return 0;
    }
    // The distance of the ends and the step fit 64 bits without a sign.
    long distance = step > 0 ? to - from : from - to;
    long count = Long.divideUnsigned(distance - 1, step > 0 ? step : -step);
    return count < 0 || count == Long.MAX_VALUE ? Long.MAX_VALUE : count + 1;
  }

  private static Value range(Arguments call) {
    long from = call.size() == 1 ? 0 : call.integer(0);
    long to = call.integer(Math.min(1, call.size() - 1));
    long step = call.size() == 3 ? call.integer(2) : 1;
    if (step == 0) {
      throw call.failure(2, "number/zero", "step must not be 0: step=0");
    }
    long count = count(from, to, step);
    call.meter().check(Limit.ROWS, count);
    call.meter().steps(count);
    call.meter().allocate(count, Meter.ELEMENT);
    List<Value> items = new ArrayList<>((int) count);
    long value = from;
    for (long i = 0; i < count; i++) {
      items.add(new Value.LongNumber(value));
      value += step;
    }
    return call.meter().countedList(items);
  }
}
