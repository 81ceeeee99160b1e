package dev.vantage.tsdb.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records. Thread-safe. */
final class RecordFunctions {
  private static final int ANY = Integer.MAX_VALUE;

  private RecordFunctions() {}

  static List<Builtin> all() {
    return List.of(
        Builtin.of(
            "(record :name x ...)",
            "A record of names and values.",
            0,
            ANY,
            call -> with(call, new LinkedHashMap<>(), 0)),
        Builtin.of(
            "(get r :name [default])",
            "The value of a name; the default if there is none; nil of nil.",
            2,
            3,
            call ->
                call.size() == 2
                    ? FieldAccess.required(call.value(0), call.keyword(1), call.position(0))
                    : FieldAccess.optional(
                        call.value(0), call.keyword(1), call.value(2), call.position(0))),
        Builtin.of(
            "(names r) or (names t)",
            "The names of a record or of the columns of a table, as keywords.",
            1,
            RecordFunctions::names),
        Builtin.of(
            "(with r :name x ...)",
            "A copy of a record with other values of some names.",
            1,
            ANY,
            call -> with(call, new LinkedHashMap<>(call.record(0).fields()), 1)));
  }

  private static Value with(Arguments call, Map<String, Value> fields, int from) {
    for (int i = from; i < call.size(); i += 2) {
      Value.Keyword name = call.keyword(i);
      if (i + 1 == call.size()) {
        throw call.failure(i, "call/arity", "name must have a value: " + name);
      }
      fields.put(name.name(), call.value(i + 1));
    }
    call.meter().steps(fields.size());
    return call.meter().record(fields);
  }

  private static Value names(Arguments call) {
    List<String> names =
        call.value(0) instanceof Table table
            ? table.names()
            : List.copyOf(call.record(0).fields().keySet());
    call.meter().steps(names.size());
    return call.meter().list(names.stream().map(Value.Keyword::new).toList());
  }
}
