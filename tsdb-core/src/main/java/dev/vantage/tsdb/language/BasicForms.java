package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The forms that every Lisp has. Thread-safe. */
final class BasicForms {
  private static final int ANY = Integer.MAX_VALUE;

  private BasicForms() {}

  static List<SpecialForm> all() {
    SpecialForm define =
        new SpecialForm(
            "define",
            "(define NAME EXPR) or (define (NAME P ...) EXPR ...)",
            "Binds a name at the top level; gives nil. The second way is short for a lambda.",
            new SpecialForm.Arity(2, ANY),
            BasicForms::define);
    SpecialForm lambda =
        new SpecialForm(
            "lambda",
            "(lambda (P ...) EXPR ...)",
            "Makes a function. (lambda (a b . rest) ...) takes any number of arguments from two.",
            new SpecialForm.Arity(2, ANY),
            (form, to) -> to.lambda("", argument(form, 0), rest(form, 1), form.position()));
    List<SpecialForm> forms = new ArrayList<>(List.of(define, define.named("def")));
    forms.addAll(List.of(lambda, lambda.named("func")));
    forms.addAll(tests());
    forms.addAll(blocks());
    forms.addAll(quotes());
    return forms;
  }

  private static List<SpecialForm> tests() {
    return List.of(
        new SpecialForm(
            "if",
            "(if TEST THEN [ELSE])",
            "THEN if TEST is true, else ELSE; nil without ELSE. Only false and nil are not true.",
            new SpecialForm.Arity(2, 3),
            BasicForms::choice),
        new SpecialForm(
            "cond",
            "(cond (TEST EXPR ...) ... [(else EXPR ...)])",
            "The forms after the first test that is true, else nil.",
            new SpecialForm.Arity(0, ANY),
            BasicForms::cond),
        new SpecialForm(
            "and",
            "(and EXPR ...)",
            "The first value that is not true, else the last; true of nothing.",
            new SpecialForm.Arity(0, ANY),
            (form, to) -> logic(BasicNodes.Logic.Kind.AND, form, to)),
        new SpecialForm(
            "or",
            "(or EXPR ...)",
            "The first value that is true, else the last; nil of nothing.",
            new SpecialForm.Arity(0, ANY),
            (form, to) -> logic(BasicNodes.Logic.Kind.OR, form, to)));
  }

  private static List<SpecialForm> blocks() {
    return List.of(
        new SpecialForm(
            "let",
            "(let ((NAME EXPR) ...) EXPR ...)",
            "Binds names one after the other, and gives the last value. Later names see earlier.",
            new SpecialForm.Arity(1, ANY),
            BasicForms::let),
        new SpecialForm(
            "begin",
            "(begin EXPR ...)",
            "Evaluates forms in order, and gives the last value; nil if there is none.",
            new SpecialForm.Arity(0, ANY),
            (form, to) -> to.body(form.arguments(), form.position())));
  }

  private static List<SpecialForm> quotes() {
    return List.of(
        new SpecialForm(
            "quote",
            "(quote FORM) or 'FORM",
            "The form itself as a value.",
            new SpecialForm.Arity(1, 1),
            (form, to) -> new BasicNodes.Constant(argument(form, 0).value(), form.position())),
        new SpecialForm(
            "unquote",
            ",EXPR",
            "The value of an expression in a condition, such as (< period ,p).",
            new SpecialForm.Arity(1, 1),
            (form, to) -> {
              throw ProgramException.at(
                  form.position(), "syntax/token", ", must be in a condition");
            }),
        new SpecialForm(
            "->",
            "(-> EXPR (F A ...) ...)",
            "Threads a value through calls as their first argument.",
            new SpecialForm.Arity(1, ANY),
            (form, to) -> to.expression(first(form))),
        new SpecialForm(
            "->>",
            "(->> EXPR (F A ...) ...)",
            "Threads a value through calls as their last argument.",
            new SpecialForm.Arity(1, ANY),
            (form, to) -> to.expression(last(form))));
  }

  static Form argument(Form.Sequence form, int number) {
    return form.arguments().get(number);
  }

  static List<Form> rest(Form.Sequence form, int from) {
    List<Form> arguments = form.arguments();
    return arguments.subList(Math.min(from, arguments.size()), arguments.size());
  }

  /** Returns a form as a list, or refuses it. */
  static Form.Sequence list(Form form, String rule) {
    if (form instanceof Form.Sequence list) {
      return list;
    }
    throw refused(form, rule);
  }

  static ProgramException refused(Form form, String rule) {
    return ProgramException.at(
        form.position(), "syntax/token", rule + ": found=" + ValuePrinter.brief(form.value()));
  }

  private static Node define(Form.Sequence form, Compilation to) {
    Form target = argument(form, 0);
    boolean isFunction = target instanceof Form.Sequence;
    Form named = target;
    if (target instanceof Form.Sequence list) {
      if (list.items().isEmpty()) {
        throw refused(target, "define must have a name");
      }
      named = list.items().get(0);
    } else if (form.arguments().size() != 2) {
      throw refused(argument(form, 2), "define must have one expression for a name");
    }
    String name = to.bindable(named);
    Globals.Cell cell =
        to.definition(name)
            .orElseThrow(
                () ->
                    ProgramException.at(
                        form.position(), "syntax/token", "define must be at the top level"));
    Node value =
        isFunction
            ? to.lambda(name, parameters((Form.Sequence) target), rest(form, 1), form.position())
            : named(name, argument(form, 1), to);
    return new BasicNodes.Define(cell, value, form.position());
  }

  private static Form parameters(Form.Sequence target) {
    return Form.list(target.position(), target.arguments());
  }

  /** Compiles the value of a definition. A function is called like the definition. */
  private static Node named(String name, Form value, Compilation to) {
    boolean isLambda = value.head().filter(Set.of("lambda", "func")::contains).isPresent();
    if (isLambda && value instanceof Form.Sequence lambda && lambda.items().size() > 2) {
      return to.lambda(name, argument(lambda, 0), rest(lambda, 1), value.position());
    }
    return to.expression(value);
  }

  private static Node choice(Form.Sequence form, Compilation to) {
    return new BasicNodes.If(
        to.expression(argument(form, 0)),
        to.expression(argument(form, 1)),
        form.arguments().size() < 3 ? nil(form) : to.expression(argument(form, 2)),
        form.position());
  }

  private static Node nil(Form form) {
    return new BasicNodes.Constant(Value.Nil.NIL, form.position());
  }

  private static Node cond(Form.Sequence form, Compilation to) {
    List<Form> clauses = form.arguments();
    List<Node> tests = new ArrayList<>();
    List<Node> bodies = new ArrayList<>();
    for (int i = 0; i < clauses.size(); i++) {
      Form.Sequence clause = list(clauses.get(i), "cond must have lists of a test and forms");
      if (clause.items().isEmpty()) {
        throw refused(clause, "cond must have a test in each list");
      }
      boolean isElse = clause.head().filter("else"::equals).isPresent();
      if (isElse && i < clauses.size() - 1) {
        throw refused(clause, "else must be last in cond");
      }
      tests.add(
          isElse
              ? new BasicNodes.Constant(Value.Bool.TRUE, clause.position())
              : to.expression(clause.items().get(0)));
      bodies.add(to.body(clause.arguments(), clause.position()));
    }
    Node node = nil(form);
    for (int i = clauses.size() - 1; i >= 0; i--) {
      node = new BasicNodes.If(tests.get(i), bodies.get(i), node, tests.get(i).position());
    }
    return node;
  }

  private static Node logic(BasicNodes.Logic.Kind kind, Form.Sequence form, Compilation to) {
    if (form.arguments().isEmpty()) {
      Value none = kind == BasicNodes.Logic.Kind.AND ? Value.Bool.TRUE : Value.Nil.NIL;
      return new BasicNodes.Constant(none, form.position());
    }
    return new BasicNodes.Logic(kind, to.expressions(form.arguments()), form.position());
  }

  private static Node let(Form.Sequence form, Compilation to) {
    Form.Sequence bindings = list(argument(form, 0), "let must have a list of bindings");
    return to.block(
        block -> {
          List<Node> forms = new ArrayList<>();
          for (Form item : bindings.items()) {
            Form.Sequence pair = list(item, "let must bind by lists of a name and an expression");
            if (pair.items().size() != 2) {
              throw refused(pair, "let must bind by lists of a name and an expression");
            }
            String name = to.bindable(pair.items().get(0));
            Node value = named("", pair.items().get(1), to);
            forms.add(new BasicNodes.Bind(block.bind(name), value));
          }
          forms.add(to.body(rest(form, 1), form.position()));
          return new BasicNodes.Begin(forms, form.position());
        });
  }

  private static Form first(Form.Sequence form) {
    Form value = argument(form, 0);
    for (Form step : rest(form, 1)) {
      List<Form> items = new ArrayList<>(items(step));
      items.add(1, value);
      value = Form.list(step.position(), items);
    }
    return value;
  }

  private static Form last(Form.Sequence form) {
    Form value = argument(form, 0);
    for (Form step : rest(form, 1)) {
      List<Form> items = new ArrayList<>(items(step));
      items.add(value);
      value = Form.list(step.position(), items);
    }
    return value;
  }

  private static List<Form> items(Form step) {
    if (step instanceof Form.Sequence list) {
      if (list.items().isEmpty()) {
        throw refused(step, "a step of an arrow must be a call or a name");
      }
      return list.items();
    }
    return List.of(step);
  }
}
