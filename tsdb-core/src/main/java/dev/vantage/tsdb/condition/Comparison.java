package dev.vantage.tsdb.condition;

import java.util.Arrays;
import java.util.Optional;

/** A comparison operator. */
enum Comparison {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  static Optional<Comparison> of(Token token) {
    if (token.isSymbol("!=")) {
      return Optional.of(NOT_EQUAL);
    }
    return Arrays.stream(values()).filter(known -> token.isSymbol(known.symbol)).findAny();
  }

  /** Returns the operator for exchanged operands. */
  Comparison turned() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }
}
