package dev.vantage.tsdb.language;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A session of the query language over a database. Definitions persist from one program to the
 * next. Not thread-safe; another session costs little.
 *
 * <pre>{@code
 * Language language = Language.over(tsdb, LanguageOptions.DEFAULT.withArgument("k", 5));
 * Table table = (Table) language.run("(similar \"4099_g\" :k k :where (= band \"g\"))");
 * }</pre>
 *
 * <p>A program cannot change the database. Each program has the whole of the limits. It ends soon
 * after its thread is interrupted, with the code {@code interrupted}; the thread stays interrupted,
 * and the session can go on.
 */
public final class Language {
  private static final FormTable FORMS = Forms.table();

  private final Tsdb tsdb;
  private final LanguageOptions options;
  private final Globals globals;
  private List<String> notes = List.of();

  /**
   * A line of the reference: a special form or a builtin. Immutable.
   *
   * @param name the name
   * @param signature how it is written
   * @param help what it does, in a sentence
   * @param example a program that uses it; queries are about RR Lyrae stars with the attributes
   *     band, type and period
   * @param value the value of the example, as text; rows of a table are separated by slashes
   */
  public record Entry(String name, String signature, String help, String example, String value) {
    /** Creates an entry. */
    public Entry {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(signature, "signature");
      Objects.requireNonNull(help, "help");
      Objects.requireNonNull(example, "example");
      Objects.requireNonNull(value, "value");
    }

    private static Entry of(String name, String signature, String help) {
      ReferenceExamples.Sample sample = ReferenceExamples.of(name);
      return new Entry(name, signature, help, sample.program(), sample.value());
    }
  }

  private Language(Tsdb tsdb, LanguageOptions options) {
    this.tsdb = tsdb;
    this.options = options;
    this.globals = new Globals(Builtins.byName(), FORMS.special().keySet());
    options.arguments().forEach(this::define);
  }

  /**
   * Binds a name for the programs that follow, as {@code define} does within one.
   *
   * @param name the name
   * @param value its value
   * @throws InvalidRequestException if the name is that of a special form
   */
  public void define(String name, Value value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    if (FORMS.isSpecial(name)) {
      throw new InvalidRequestException("name must not be that of a form: name=" + name);
    }
    globals.defined(name, new ArrayList<>()).define(value);
  }

  /**
   * Begins a session with the options {@link LanguageOptions#DEFAULT}.
   *
   * @param tsdb the database; the caller closes it
   * @return the session
   */
  public static Language over(Tsdb tsdb) {
    Objects.requireNonNull(tsdb, "tsdb");
    return over(tsdb, LanguageOptions.DEFAULT);
  }

  /**
   * Begins a session.
   *
   * @param tsdb the database; the caller closes it
   * @param options limits and arguments
   * @return the session
   * @throws InvalidRequestException if an argument is called like a special form
   */
  public static Language over(Tsdb tsdb, LanguageOptions options) {
    Objects.requireNonNull(tsdb, "tsdb");
    Objects.requireNonNull(options, "options");
    return new Language(tsdb, options);
  }

  /**
   * Runs a program. All of it is read and checked before any of it is evaluated.
   *
   * @param program the text
   * @return the value of the last form; nil of a program without forms
   * @throws ProgramException if the program is malformed, fails or reaches a limit
   * @throws dev.vantage.tsdb.DeadlineExceededException if its time runs out
   */
  public Value run(String program) {
    Objects.requireNonNull(program, "program");
    Value[] last = {Value.Nil.NIL};
    evaluate(program, (form, value) -> last[0] = value);
    return last[0];
  }

  /**
   * Runs a program as {@link #run} does.
   *
   * @param program the text
   * @return the value of each form at the top level that is no definition, in order; unmodifiable
   * @throws ProgramException if the program is malformed, fails or reaches a limit
   * @throws dev.vantage.tsdb.DeadlineExceededException if its time runs out
   */
  public List<Value> runAll(String program) {
    List<Value> values = new ArrayList<>();
    runEach(program, values::add);
    return List.copyOf(values);
  }

  /**
   * Runs a program as {@link #run} does, and hands on each value before the next form is evaluated.
   *
   * @param program the text
   * @param taker gets the value of each form at the top level that is no definition, in order
   * @throws ProgramException if the program is malformed, fails or reaches a limit
   * @throws dev.vantage.tsdb.DeadlineExceededException if its time runs out
   */
  public void runEach(String program, Consumer<Value> taker) {
    Objects.requireNonNull(program, "program");
    Objects.requireNonNull(taker, "taker");
    evaluate(
        program,
        (form, value) -> {
          if (!form.isDefinition()) {
            taker.accept(value);
          }
        });
  }

  private void evaluate(String program, BiConsumer<Compiler.TopLevel, Value> taker) {
    List<String> newNotes = new ArrayList<>();
    Meter meter = new Meter(options);
    meter.check(Limit.PROGRAM, program.length());
    try {
      int nesting = (int) Math.min(Integer.MAX_VALUE, options.limit(Limit.NESTING));
      Compiler compiler = new Compiler(FORMS, globals, newNotes, nesting);
      List<Compiler.TopLevel> compiled =
          Reader.read(program, nesting).stream().map(compiler::topLevel).toList();
      Evaluator evaluator = new Evaluator(meter, new Host(tsdb, options, meter));
      for (Compiler.TopLevel form : compiled) {
        Value value = evaluator.evaluate(form.node(), new Scope(form.slots(), null));
        meter.answer(value);
        taker.accept(form, value);
      }
    } catch (StackOverflowError e) {
      // The limits fit a stack of 512 KiB; raised limits need a larger one.
      throw ProgramException.at(
          meter.position(), Limit.DEPTH.code(), "depth must fit the stack of the thread");
    } finally {
      notes = List.copyOf(newNotes);
    }
  }

  /**
   * {@return remarks about the last program, such as a binding that hides a builtin; unmodifiable}
   */
  public List<String> notes() {
    return notes;
  }

  /** {@return the names of arguments and definitions, in order; unmodifiable} */
  public List<String> definitions() {
    return globals.definitions();
  }

  /** {@return the reference: every special form and every builtin; unmodifiable} */
  public static List<Entry> reference() {
    return Stream.concat(
            FORMS.special().values().stream()
                .map(form -> Entry.of(form.name(), form.signature(), form.help())),
            Builtins.all().stream().map(one -> Entry.of(one.name(), one.signature(), one.help())))
        .toList();
  }

  @Override
  public String toString() {
    return "Language[definitions=" + definitions() + "]";
  }
}
