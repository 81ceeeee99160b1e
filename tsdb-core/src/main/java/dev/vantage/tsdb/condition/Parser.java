package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Expression.Name;
import dev.vantage.tsdb.condition.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a condition by recursive descent, with one method per rule of the grammar. */
final class Parser {
  private final List<Token> tokens;
  private int at;
  private int depth;
  private int tests;
  private int literals;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Expression parse(String text) {
    Parser parser = new Parser(Lexer.tokens(text));
    if (parser.next().kind() == Kind.END) {
      throw InvalidConditionException.at(1, "condition must not be empty");
    }
    Expression expression = parser.disjunction();
    if (parser.next().kind() != Kind.END) {
      throw parser.next().refused("a test must be followed by and, or, ) or the end");
    }
    return expression;
  }

  private Expression disjunction() {
    List<Expression> operands = new ArrayList<>();
    do {
      Expression operand = conjunction();
      // Redundant parentheses are dropped.
      if (operand instanceof Expression.Or or) {
        operands.addAll(or.operands());
      } else {
        operands.add(operand);
      }
    } while (takeKeyword("or"));
    return operands.size() == 1 ? operands.get(0) : new Expression.Or(List.copyOf(operands));
  }

  private Expression conjunction() {
    List<Expression> operands = new ArrayList<>();
    do {
      Expression operand = factor();
      if (operand instanceof Expression.And and) {
        operands.addAll(and.operands());
      } else {
        operands.add(operand);
      }
    } while (takeKeyword("and"));
    return operands.size() == 1 ? operands.get(0) : new Expression.And(List.copyOf(operands));
  }

  private Expression factor() {
    Token first = next();
    boolean isNot = takeKeyword("not");
    if (!isNot && !takeSymbol("(")) {
      return test();
    }
    if (++depth > Condition.MAX_NESTING) {
      throw InvalidConditionException.at(
          first.column(),
          "condition must have at most " + Condition.MAX_NESTING + " levels of not and (",
          "levels>" + Condition.MAX_NESTING);
    }
    Expression inner = isNot ? new Expression.Not(factor()) : disjunction();
    if (!isNot && !takeSymbol(")")) {
      throw next().refused("( must be closed by ) before anything but and, or");
    }
    depth--;
    return inner;
  }

  private Expression test() {
    Token first = next();
    if (++tests > Condition.MAX_TESTS) {
      throw InvalidConditionException.at(
          first.column(),
          "condition must have at most " + Condition.MAX_TESTS + " tests",
          "tests>" + Condition.MAX_TESTS);
    }
    Optional<Literal> left = takeLiteral();
    if (left.isPresent()) {
      Comparison comparison = comparison();
      return new Expression.Compared(
          name("a literal must be compared with an attribute"), comparison.turned(), left.get());
    }
    Name name = name("a test must begin with an attribute, a literal, not or (");
    if (takeKeyword("is")) {
      return nullTest(name);
    }
    boolean negated = takeKeyword("not");
    if (takeKeyword("between")) {
      return between(name, negated);
    } else if (takeKeyword("in")) {
      return in(name, negated);
    } else if (takeKeyword("like")) {
      return like(name, negated);
    } else if (negated) {
      throw next().refused("not must be followed by between, in or like after an attribute");
    }
    return Comparison.of(next()).isPresent()
        ? new Expression.Compared(name, comparison(), literal())
        : new Expression.Flag(name);
  }

  private Expression nullTest(Name name) {
    boolean negated = takeKeyword("not");
    if (!takeKeyword("null")) {
      throw next().refused("is must be followed by null or not null");
    }
    return new Expression.Null(name, negated);
  }

  private Expression between(Name name, boolean negated) {
    Literal low = literal();
    if (!takeKeyword("and")) {
      throw next().refused("between must have two literals with and between them");
    }
    return new Expression.Between(name, negated, low, literal());
  }

  private Expression in(Name name, boolean negated) {
    if (!takeSymbol("(")) {
      throw next().refused("in must be followed by literals in parentheses");
    }
    List<Literal> members = new ArrayList<>();
    do {
      members.add(literal());
    } while (takeSymbol(","));
    if (!takeSymbol(")")) {
      throw next().refused("literals after in must be separated by commas and closed by )");
    }
    return new Expression.In(name, negated, List.copyOf(members));
  }

  private Expression like(Name name, boolean negated) {
    Literal.Text pattern = text("like must be followed by a text in single quotes");
    Optional<Literal.Text> escape =
        takeKeyword("escape")
            ? Optional.of(text("escape must be followed by a text in single quotes"))
            : Optional.empty();
    return new Expression.Like(name, negated, LikePattern.of(pattern, escape));
  }

  private Name name(String rule) {
    Token token = next();
    if (!token.isName()) {
      throw token.refused(rule);
    }
    at++;
    return new Name(token.text(), token.column());
  }

  private Comparison comparison() {
    Comparison comparison =
        Comparison.of(next())
            .orElseThrow(() -> next().refused("a literal must be followed by a comparison"));
    at++;
    return comparison;
  }

  private Literal literal() {
    Token token = next();
    if (token.isKeyword("null")) {
      throw token.refused("null must be tested by is null or is not null");
    }
    return takeLiteral()
        .orElseThrow(
            () ->
                token.refused(
                    "a literal must be a number, a 'text', true, false or timestamp",
                    meant(token)));
  }

  /** Says how the literal is written that a wrong token probably stands for. */
  private static String meant(Token token) {
    return switch (token.kind()) {
      case NAME, QUOTED_NAME -> "a text has single quotes: " + Lexer.asText(token.text());
      case SYMBOL -> token.isSymbol("=") ? "equality is written with one =" : "";
      case KEYWORD, NUMBER, TEXT, END -> "";
    };
  }

  private Literal.Text text(String rule) {
    Token token = next();
    if (token.kind() != Kind.TEXT) {
      throw token.refused(rule);
    }
    takeLiteral();
    return new Literal.Text(token.text(), token.column());
  }

  private Optional<Literal> takeLiteral() {
    Token token = next();
    Literal literal =
        switch (token.kind()) {
          case NUMBER -> new Literal.Number(token.text(), token.column());
          case TEXT -> new Literal.Text(token.text(), token.column());
          case KEYWORD ->
              token.isKeyword("true") || token.isKeyword("false")
                  ? new Literal.Truth(token.isKeyword("true"), token.column())
                  : null;
          case NAME -> isMoment(token) ? moment(token) : null;
          case QUOTED_NAME, SYMBOL, END -> null;
        };
    if (literal != null) {
      at++;
      if (++literals > Condition.MAX_LITERALS) {
        throw InvalidConditionException.at(
            token.column(),
            "condition must have at most " + Condition.MAX_LITERALS + " literals",
            "literals>" + Condition.MAX_LITERALS);
      }
    }
    return Optional.ofNullable(literal);
  }

  /**
   * Says whether the word timestamp begins a literal; it is an attribute unless a string follows.
   */
  private boolean isMoment(Token token) {
    return token.text().equalsIgnoreCase("timestamp") && tokens.get(at + 1).kind() == Kind.TEXT;
  }

  private Literal moment(Token token) {
    Token text = tokens.get(++at);
    return new Literal.Moment(
        Timestamps.read(new Literal.Text(text.text(), text.column())), token.column());
  }

  private Token next() {
    return tokens.get(at);
  }

  private boolean takeKeyword(String keyword) {
    boolean isThere = next().isKeyword(keyword);
    at += isThere ? 1 : 0;
    return isThere;
  }

  private boolean takeSymbol(String symbol) {
    boolean isThere = next().isSymbol(symbol);
    at += isThere ? 1 : 0;
    return isThere;
  }
}
