package dev.vantage.tsdb.language;

import java.util.List;
import java.util.Optional;

/** A piece of a program as it is written, with its place in the text. Immutable. */
sealed interface Form {

  /** Returns the place of the first char. */
  Position position();

  /** Returns the form as a value, as {@code quote} gives it. */
  Value value();

  /** A form without parts. */
  record Atom(Value value, Position position) implements Form {}

  /** A list of forms, or a quoted or unquoted form. */
  record Sequence(List<Form> items, Position position) implements Form {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Value value() {
      return Value.ListValue.of(items.stream().map(Form::value).toList());
    }

    /** Returns the parts after the first. */
    List<Form> arguments() {
      return items.subList(1, items.size());
    }
  }

  /** Returns the name if the form is a symbol. */
  default Optional<String> symbol() {
    return this instanceof Atom atom && atom.value() instanceof Value.Symbol symbol
        ? Optional.of(symbol.name())
        : Optional.empty();
  }

  /** Returns the name if the form is a keyword. */
  default Optional<String> keyword() {
    return this instanceof Atom atom && atom.value() instanceof Value.Keyword word
        ? Optional.of(word.name())
        : Optional.empty();
  }

  /** Returns the first symbol of a list, or empty. */
  default Optional<String> head() {
    return this instanceof Sequence list && !list.items().isEmpty()
        ? list.items().get(0).symbol()
        : Optional.empty();
  }

  static Form symbol(String name, Position position) {
    return new Atom(new Value.Symbol(name), position);
  }

  static Sequence list(Position position, List<Form> items) {
    return new Sequence(items, position);
  }

  static Sequence list(Position position, Form... items) {
    return new Sequence(List.of(items), position);
  }
}
