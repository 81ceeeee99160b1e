package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Functions that take functions. Thread-safe. */
final class SequenceFunctions {
  private static final int ANY = Integer.MAX_VALUE;

  private SequenceFunctions() {}

  static List<Builtin> all() {
    List<Builtin> all = new ArrayList<>(walks());
    all.addAll(orders());
    return all;
  }

  private static List<Builtin> walks() {
    return List.of(
        Builtin.of(
            "(map f xs ...)",
            "A list of the function's values for each element; of several lists, for the first"
                + " elements, the second ones, and so on to the end of the shortest.",
            2,
            ANY,
            SequenceFunctions::map),
        Builtin.of(
            "(keep f xs)",
            "The elements for which the function is true; the rows of a table stay a table.",
            2,
            SequenceFunctions::keep),
        Builtin.of(
            "(reduce f x xs)",
            "Calls the function with the value so far, which is x at first, and each element in"
                + " turn; gives the last value.",
            3,
            call -> {
              Value function = call.function(0);
              Value result = call.value(1);
              for (Value item : call.items(2)) {
                result = call.call(function, result, item);
              }
              return result;
            }),
        Builtin.of(
            "(any? f xs)",
            "Whether the function is true of at least one element.",
            2,
            call -> Value.Bool.of(anyIs(call, true))),
        Builtin.of(
            "(every? f xs)",
            "Whether the function is true of all elements.",
            2,
            call -> Value.Bool.of(!anyIs(call, false))),
        Builtin.of(
            "(apply f xs)",
            "Calls the function with the elements as its arguments.",
            2,
            call -> call.call(call.function(0), call.items(1).toArray(Value[]::new))));
  }

  private static Value map(Arguments call) {
    Value function = call.function(0);
    List<List<Value>> lists = new ArrayList<>();
    int count = Integer.MAX_VALUE;
    for (int i = 1; i < call.size(); i++) {
      lists.add(call.items(i));
      count = Math.min(count, call.count(i));
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Value[] arguments = new Value[lists.size()];
      for (int j = 0; j < arguments.length; j++) {
        arguments[j] = lists.get(j).get(i);
      }
      call.meter().allocate(1, Meter.ELEMENT);
      results.add(call.call(function, arguments));
    }
    return call.meter().countedList(results);
  }

  private static Value keep(Arguments call) {
    Value function = call.function(0);
    List<Value> items = call.items(1);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (call.call(function, items.get(i)).isTrue()) {
        kept.add(i);
      }
    }
    return call.chosen(1, kept);
  }

  private static boolean anyIs(Arguments call, boolean wanted) {
    Value function = call.function(0);
    for (Value item : call.items(1)) {
      if (call.call(function, item).isTrue() == wanted) {
        return true;
      }
    }
    return false;
  }

  private static List<Builtin> orders() {
    return List.of(
        Builtin.of(
            "(sort xs)",
            "The elements in order, all of one kind, nil last; costs n log n steps.",
            1,
            call -> call.chosen(0, sorted(call, 0, call.items(0)))),
        Builtin.of(
            "(sort-by f xs)",
            "The elements in the order of the function's values; of a table a table. Elements of"
                + " equal values keep their order.",
            2,
            call -> call.chosen(1, sorted(call, 1, keys(call)))),
        Builtin.of(
            "(min-by f xs)",
            "The element of the least value of the function, the first of several; nil of none.",
            2,
            call -> extreme(call, 1)),
        Builtin.of(
            "(max-by f xs)",
            "The element of the greatest value of the function, the first of several; nil of none.",
            2,
            call -> extreme(call, -1)),
        Builtin.of(
            "(group f xs)",
            "A list of records with :key and :rows, in the order in which the keys appear.",
            2,
            SequenceFunctions::group));
  }

  private static List<Value> keys(Arguments call) {
    Value function = call.function(0);
    List<Value> keys = new ArrayList<>();
    for (Value item : call.items(1)) {
      call.meter().allocate(1, Meter.ELEMENT);
      keys.add(call.call(function, item));
    }
    return keys;
  }

  /** Returns the places of keys in their order. */
  private static List<Integer> sorted(Arguments call, int number, List<Value> keys) {
    Value[] first =
        keys.stream().filter(key -> !(key instanceof Value.Nil)).limit(1).toArray(Value[]::new);
    for (Value key : keys) {
      if (!(key instanceof Value.Nil) && Comparing.order(first[0], key).isEmpty()) {
        throw Arguments.wrongType(
            call.position(number),
            Comparing.order(first[0], first[0]).isEmpty()
                ? "a number, text, timestamp or boolean"
                : "comparable with " + first[0].type(),
            key);
      }
    }
    call.meter().sortSteps(keys.size());
    call.meter().allocate(keys.size(), Meter.ELEMENT);
    Integer[] places = IntStream.range(0, keys.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(places, Comparator.comparing(keys::get, SequenceFunctions::nilLast));
    return List.of(places);
  }

  private static int nilLast(Value one, Value other) {
    boolean isNil = one instanceof Value.Nil;
    boolean otherIsNil = other instanceof Value.Nil;
    return isNil || otherIsNil
        ? Boolean.compare(isNil, otherIsNil)
        : Comparing.order(one, other).orElse(0);
  }

  private static Value extreme(Arguments call, int sign) {
    List<Value> keys = keys(call);
    List<Integer> order = sorted(call, 1, keys);
    int best = -1;
    for (int place : order) {
      boolean isBetter =
          best < 0
              || sign * nilLast(keys.get(place), keys.get(best)) < 0
                  && !(keys.get(place) instanceof Value.Nil);
      best = isBetter ? place : best;
    }
    return best < 0 ? Value.Nil.NIL : call.items(1).get(best);
  }

  private static Value group(Arguments call) {
    List<Value> keys = keys(call);
    Map<Comparing.Key, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      call.meter().allocate(1, Meter.ELEMENT);
      groups
          .computeIfAbsent(new Comparing.Key(keys.get(i), call.meter()), key -> new ArrayList<>())
          .add(i);
    }
    List<Value> records = new ArrayList<>();
    groups.forEach(
        (key, places) -> {
          Map<String, Value> fields = new LinkedHashMap<>();
          fields.put("key", key.value());
          fields.put("rows", call.chosen(1, places));
          records.add(call.meter().record(fields));
        });
    return call.meter().list(records);
  }
}
