package dev.vantage.tsdb.benchmarks.report;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a job, or of a part of it. Immutable.
 *
 * @param what the measured engine or operation
 * @param facts results in words, by name
 * @param numbers measured numbers, by name
 */
record Result(String what, SortedMap<String, String> facts, SortedMap<String, Double> numbers) {
  Result {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  static Result of(String what) {
    return new Result(what, new TreeMap<>(), new TreeMap<>());
  }

  Result with(String name, double number) {
    SortedMap<String, Double> more = new TreeMap<>(numbers);
    more.put(name, number);
    return new Result(what, facts, more);
  }

  Result with(String name, String fact) {
    SortedMap<String, String> more = new TreeMap<>(facts);
    more.put(name, fact);
    return new Result(what, more, numbers);
  }

  OptionalDouble number(String name) {
    Double number = numbers.get(name);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  String fact(String name) {
    return facts.getOrDefault(name, "");
  }
}
