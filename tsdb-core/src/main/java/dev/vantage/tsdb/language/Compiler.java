package dev.vantage.tsdb.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes nodes of forms, and checks what can be checked before a program runs. Not thread-safe. */
final class Compiler implements Compilation {
  private final FormTable forms;
  private final Globals globals;
  private final List<String> notes;
  private final int maxNesting;
  private Bindings bindings = new Bindings(Bindings.Kind.FUNCTION, null);
  private @Nullable Set<String> rowNames;
  private int nesting;

  /**
   * A compiled form of the top level. Immutable.
   *
   * @param node the form
   * @param slots the names that it binds
   */
  record TopLevel(Node node, int slots) {
    boolean isDefinition() {
      return node instanceof BasicNodes.Define;
    }
  }

  /**
   * Creates a compiler.
   *
   * @param forms the special forms and the calls with plans
   * @param globals the names of the session
   * @param notes takes what the writer of the program should know
   * @param maxNesting the most levels of forms; arrows make levels, too
   */
  Compiler(FormTable forms, Globals globals, List<String> notes, int maxNesting) {
    this.forms = forms;
    this.globals = globals;
    this.notes = notes;
    this.maxNesting = maxNesting;
  }

  TopLevel topLevel(Form form) {
    bindings = new Bindings(Bindings.Kind.FUNCTION, null);
    nesting = 0;
    Node node = expression(form);
    return new TopLevel(node, bindings.size());
  }

  @Override
  public Node expression(Form form) {
    return table(form, Set.of());
  }

  @Override
  public Node table(Form form, Set<String> wanted) {
    if (++nesting > maxNesting) {
      throw ProgramException.at(
          form.position(),
          Limit.NESTING.code(),
          "nesting must be at most " + maxNesting + ": nesting=" + nesting);
    }
    Node node =
        form instanceof Form.Sequence list
            ? list(list, wanted)
            : form.symbol()
                .map(name -> variable(name, form.position()))
                .orElseGet(() -> new BasicNodes.Constant(form.value(), form.position()));
    nesting--;
    return node;
  }

  private Node list(Form.Sequence form, Set<String> wanted) {
    if (form.items().isEmpty()) {
      throw ProgramException.at(
          form.position(), "call/function", "only a function can be called: (), hint: write '()");
    }
    Optional<String> head = form.head();
    if (head.isPresent() && forms.isSpecial(head.get())) {
      return forms.special(head.get(), form, wanted, this);
    } else if (head.isPresent() && slot(head.get()).isEmpty() && globals.isBuiltin(head.get())) {
      Optional<Node> plan = forms.plan(head.get(), form, wanted, this);
      if (plan.isPresent()) {
        return plan.get();
      }
    }
    Node function = head.map(name -> called(name, form)).orElseGet(() -> expression(first(form)));
    return new BasicNodes.Call(function, expressions(form.arguments()), form.position());
  }

  private static Form first(Form.Sequence form) {
    return form.items().get(0);
  }

  /** Compiles a name that is called. No column is a function, so columns are left out. */
  private Node called(String name, Form.Sequence form) {
    return variable(name, first(form).position(), Set.of());
  }

  private Node variable(String name, Position position) {
    if (forms.isSpecial(name)) {
      throw ProgramException.at(
          position, "name/reserved", "the name of a form must begin a list: " + name);
    }
    return variable(name, position, Set.of(Bindings.Kind.ROW));
  }

  /** Compiles a name; rows between its binding and here come first. */
  private Node variable(String name, Position position, Set<Bindings.Kind> columns) {
    List<Integer> rows = new ArrayList<>();
    int levels = 0;
    Node node = null;
    for (Bindings at = bindings; at != null && node == null; at = at.parent()) {
      OptionalInt slot = at.slot(name);
      if (slot.isPresent()) {
        node = new BasicNodes.Local(levels, slot.getAsInt(), position);
      } else if (at.isRow() && !columns.isEmpty()) {
        rows.add(levels);
      }
      levels++;
    }
    if (node == null) {
      node = new BasicNodes.Global(globals, globals.cell(name), position);
    }
    if (!rows.isEmpty() && rowNames != null) {
      rowNames.add(name);
    }
    for (int i = rows.size() - 1; i >= 0; i--) {
      node = new BasicNodes.RowColumn(rows.get(i), name, node);
    }
    return node;
  }

  private OptionalInt slot(String name) {
    for (Bindings at = bindings; at != null; at = at.parent()) {
      if (at.slot(name).isPresent()) {
        return at.slot(name);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public List<Node> expressions(List<Form> all) {
    List<Node> nodes = new ArrayList<>(all.size());
    all.forEach(form -> nodes.add(expression(form)));
    return nodes;
  }

  @Override
  public Node body(List<Form> all, Position position) {
    return switch (all.size()) {
      case 0 -> new BasicNodes.Constant(Value.Nil.NIL, position);
      case 1 -> expression(all.get(0));
      default -> new BasicNodes.Begin(expressions(all), position);
    };
  }

  @Override
  public Node lambda(String name, Form parameters, List<Form> body, Position position) {
    Form.Sequence list = BasicForms.list(parameters, "a function must have a list of parameters");
    Closure.Signature.Arity arity = Closure.Signature.Arity.FIXED;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Form item = list.items().get(i);
      if (item.symbol().filter("."::equals).isPresent()) {
        if (i != list.items().size() - 2) {
          throw BasicForms.refused(item, ". must be before the last parameter");
        }
        arity = Closure.Signature.Arity.OPEN;
        continue;
      }
      String parameter = bindable(item);
      if (names.contains(parameter)) {
        throw BasicForms.refused(item, "parameters must have different names");
      }
      names.add(parameter);
    }
    Bindings outer = bindings;
    bindings = new Bindings(Bindings.Kind.FUNCTION, outer);
    names.forEach(this::bind);
    Node inside = body(body, position);
    Closure.Signature signature = new Closure.Signature(List.copyOf(names), arity, bindings.size());
    bindings = outer;
    return new BasicNodes.Lambda(name, signature, inside, position);
  }

  @Override
  public RowExpression row(Form form) {
    Bindings outer = bindings;
    Set<String> outerNames = rowNames;
    Set<String> names = new HashSet<>();
    bindings = new Bindings(Bindings.Kind.ROW, outer);
    rowNames = names;
    Node body = expression(form);
    int slots = bindings.size();
    bindings = outer;
    rowNames = outerNames;
    if (outerNames != null) {
      outerNames.addAll(names);
    }
    return new RowExpression(body, slots, names);
  }

  @Override
  public Node block(Function<Block, Node> inside) {
    bindings.begin();
    Node node = inside.apply(this::bind);
    bindings.end();
    return node;
  }

  private int bind(String name) {
    globals.noteHidden(name, notes);
    return bindings.bind(name);
  }

  @Override
  public Optional<Globals.Cell> definition(String name) {
    return nesting == 1 ? Optional.of(globals.defined(name, notes)) : Optional.empty();
  }

  @Override
  public String bindable(Form form) {
    String name =
        form.symbol().orElseThrow(() -> BasicForms.refused(form, "only a name can be bound"));
    if (forms.isSpecial(name) || name.equals(".")) {
      throw ProgramException.at(
          form.position(), "name/reserved", "the name of a form cannot be bound: " + name);
    }
    return name;
  }

  @Override
  public boolean isVariable(String name) {
    return slot(name).isPresent() || globals.definitions().contains(name);
  }
}
