package dev.vantage.tsdb.language;

/** Gets a field of a record by its keyword. Thread-safe. */
final class FieldAccess {
  private FieldAccess() {}

  /** Calls a keyword with a record, and perhaps with the value to give where the name is absent. */
  static Value get(Value.Keyword name, Value[] arguments, Site site) {
    if (arguments.length < 1 || arguments.length > 2) {
      throw ProgramException.at(
          site.position(),
          "call/arity",
          "arguments must be 1 to 2: arguments="
              + arguments.length
              + ", signature=("
              + name
              + " record [default])");
    }
    return arguments.length == 1
        ? required(arguments[0], name, site.argument(0))
        : optional(arguments[0], name, arguments[1], site.argument(0));
  }

  /** Returns a field; nil of nil. */
  static Value required(Value holder, Value.Keyword name, Position position) {
    if (holder instanceof Value.Nil) {
      return holder;
    }
    Value.RecordValue record = record(holder, position);
    Value found = record.fields().get(name.name());
    if (found == null) {
      throw ProgramException.near(
          position,
          "value/name",
          "record must have the name: " + name,
          Nearest.keyword(name, record.fields().keySet()));
    }
    return found;
  }

  /** Returns a field, or another value if the record has none of that name, or is nil. */
  static Value optional(Value holder, Value.Keyword name, Value other, Position position) {
    return holder instanceof Value.Nil
        ? other
        : record(holder, position).fields().getOrDefault(name.name(), other);
  }

  private static Value.RecordValue record(Value holder, Position position) {
    if (holder instanceof Value.RecordValue record) {
      return record;
    }
    throw ProgramException.at(
        position,
        "type",
        "value must be a record: type=" + holder.type() + ", value=" + ValuePrinter.brief(holder));
  }
}
