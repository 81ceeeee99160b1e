package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a call of a builtin, and what the builtin may use. The readers of arguments
 * refuse a value of another type at the place of the argument. Not thread-safe.
 */
final class Arguments {
  private final Value[] values;
  private final Site site;
  private final Evaluator evaluator;

  Arguments(Value[] values, Site site, Evaluator evaluator) {
    this.values = values;
    this.site = site;
    this.evaluator = evaluator;
  }

  int size() {
    return values.length;
  }

  /** Returns the same call with another value of one argument. */
  Arguments with(int number, Value value) {
    Value[] copy = values.clone();
    copy[number] = value;
    return new Arguments(copy, site, evaluator);
  }

  Value value(int number) {
    return values[number];
  }

  /** Returns the arguments from one on. */
  List<Value> from(int number) {
    return List.of(values).subList(number, values.length);
  }

  Site site() {
    return site;
  }

  Position position(int number) {
    return site.argument(number);
  }

  Meter meter() {
    return evaluator.meter();
  }

  Host host() {
    return evaluator.host();
  }

  /** Calls a function that is an argument. */
  Value call(Value function, Value... arguments) {
    return evaluator.call(function, new Site(site.position(), List.of()), arguments);
  }

  ProgramException failure(int number, String code, String message) {
    return ProgramException.at(position(number), code, message);
  }

  ProgramException wrongType(int number, String wanted) {
    return wrongType(position(number), wanted, values[number]);
  }

  static ProgramException wrongType(Position position, String wanted, Value value) {
    return ProgramException.at(
        position,
        "type",
        "value must be "
            + wanted
            + ": type="
            + value.type()
            + ", value="
            + ValuePrinter.brief(value));
  }

  Value number(int number) {
    if (!Comparing.isNumber(values[number])) {
      throw wrongType(number, "a number");
    }
    return values[number];
  }

  double decimal(int number) {
    return decimal(number(number));
  }

  static double decimal(Value number) {
    return number instanceof Value.LongNumber whole
        ? whole.value()
        : ((Value.DoubleNumber) number).value();
  }

  long integer(int number) {
    if (values[number] instanceof Value.LongNumber whole) {
      return whole.value();
    }
    throw wrongType(number, "a long");
  }

  String text(int number) {
    if (values[number] instanceof Value.Text text) {
      return text.value();
    }
    throw wrongType(number, "a text");
  }

  Value.Moment moment(int number) {
    if (values[number] instanceof Value.Moment moment) {
      return moment;
    }
    throw wrongType(number, "a timestamp");
  }

  Value.Keyword keyword(int number) {
    if (values[number] instanceof Value.Keyword keyword) {
      return keyword;
    }
    throw wrongType(number, "a keyword");
  }

  Value.RecordValue record(int number) {
    if (values[number] instanceof Value.RecordValue record) {
      return record;
    }
    throw wrongType(number, "a record");
  }

  Table table(int number) {
    if (values[number] instanceof Table table) {
      return table;
    }
    throw wrongType(number, "a table");
  }

  /** Checks that an argument can be called. */
  Value function(int number) {
    boolean isCallable =
        values[number] instanceof Procedure || values[number] instanceof Value.Keyword;
    if (!isCallable) {
      throw wrongType(number, "a function");
    }
    return values[number];
  }

  /** Returns the elements of a list, or the rows of a table as records. */
  List<Value> items(int number) {
    if (values[number] instanceof Value.ListValue list) {
      return list.items();
    } else if (values[number] instanceof Table table) {
      return rows(table, meter());
    }
    throw wrongType(number, "a list or a table");
  }

  static List<Value> rows(Table table, Meter meter) {
    meter.steps(table.rows().size());
    List<Value> rows = new ArrayList<>(table.rows().size());
    for (int i = 0; i < table.rows().size(); i++) {
      meter.allocate(table.columns().size(), Meter.FIELD);
      rows.add(table.row(i));
    }
    return rows;
  }

  /** Returns the number of elements of a list, or of rows of a table. */
  int count(int number) {
    if (values[number] instanceof Value.ListValue list) {
      return list.items().size();
    } else if (values[number] instanceof Table table) {
      return table.rows().size();
    }
    throw wrongType(number, "a list or a table");
  }

  /**
   * Returns some elements of a list as a list, or some rows of a table as a table.
   *
   * @param places the places of the elements, from 0
   */
  Value chosen(int number, List<Integer> places) {
    meter().steps(places.size());
    if (values[number] instanceof Table table) {
      return meter().table(table.withRows(places.stream().map(table.rows()::get).toList()));
    }
    List<Value> items = items(number);
    return meter().list(places.stream().map(items::get).toList());
  }

  /** Returns the place of a column, or fails. */
  int column(int number, Table table) {
    Value.Keyword name = keyword(number);
    return table
        .place(name.name())
        .orElseThrow(
            () ->
                ProgramException.near(
                    position(number),
                    "value/name",
                    "table must have the column: " + name,
                    Nearest.keyword(name, table.names())));
  }

  /**
   * Reads options after the other arguments: a keyword and a value each.
   *
   * @param from the number of the first option
   * @return the number of the argument with the value, by name of the option
   */
  Map<String, Integer> options(int from, Set<String> allowed) {
    Map<String, Integer> options = new LinkedHashMap<>();
    for (int i = from; i < values.length; i += 2) {
      Value.Keyword option = keyword(i);
      if (!allowed.contains(option.name())) {
        throw unknownOption(position(i), option, allowed);
      } else if (i + 1 == values.length) {
        throw failure(i, "call/option", "option must have a value: " + option);
      } else if (options.put(option.name(), i + 1) != null) {
        throw failure(i, "call/option", "option must be given once: " + option);
      }
    }
    return options;
  }

  static ProgramException unknownOption(
      Position position, Value.Keyword option, Set<String> allowed) {
    List<String> names = allowed.stream().sorted().map(name -> ":" + name).toList();
    Optional<String> nearest = Nearest.keyword(option, allowed);
    return ProgramException.near(
        position,
        "call/option",
        "option must be one of " + String.join(" ", names) + ": " + option,
        nearest);
  }
}
