/**
 * The query language: a small Lisp in which similarity queries, queries of metadata and both
 * together are written. Runs over any {@link dev.vantage.tsdb.Tsdb} and knows nothing of files,
 * sockets, SQL or JSON.
 *
 * <p>A program goes through three stages. {@code Reader} makes forms of the text, each with its
 * position. {@code Compiler} makes nodes of the forms; it checks names of special forms, their
 * arguments, options and conditions before anything runs. {@code Evaluator} evaluates nodes to
 * {@linkplain dev.vantage.tsdb.language.Value values}.
 *
 * <h2>Conditions</h2>
 *
 * <p>A condition (after {@code :where}, or in {@code filter}) is not evaluated: it is a second
 * spelling of a {@link dev.vantage.tsdb.condition.Condition}. {@code ConditionCompiler} reads the
 * form, {@code WrittenCondition} writes it as a text and remembers which form each part came from.
 * So there is one grammar, one evaluation and one way to SQL. In a condition a symbol is an
 * attribute, or a column of the table; an expression has a comma before it.
 *
 * <h2>Plans</h2>
 *
 * <p>A form that names its source is one request to the database. A step around a literal {@code
 * similar} or {@code within} tells it which attributes to fetch ({@code Compilation.table}); a
 * condition of a {@code select} around a search without a limit moves into the search; {@code
 * count}, {@code first}, {@code take} and {@code empty?} around a {@code select} become its count
 * or its limit. A table in a variable is data: steps over it run in memory, by the code of package
 * {@code rows} that databases use, too. {@code :where} in a search restricts the search; {@code
 * filter} around it drops rows that were found, and the table notes how many.
 *
 * <h2>Limits</h2>
 *
 * <p>Every program ends. {@code Meter} counts steps, allocation, depth, rows, searches, requests
 * and time; builtins count their work element by element; no program can catch the end of its
 * budget. Calls in tail position return to a loop in {@code Evaluator}, so that the stack of Java
 * grows with the counted depth alone.
 *
 * <p>A call of a function by a builtin counts two levels of depth: one for the builtin, which
 * waits, and one for the function. The standard limit of depth fits a stack of 512 KiB.
 *
 * <p>Nothing in the language changes the database. Evaluation needs no more rights than reading.
 *
 * <h2>Where the next thing goes</h2>
 *
 * <p>A builtin is a line in the class of its group, listed in {@code Builtins}; a special form is a
 * {@code SpecialForm}, listed in {@code Forms}. Both carry the signature and the help that {@link
 * dev.vantage.tsdb.language.Language#reference} gives, and tests fail for a builtin that no example
 * calls.
 *
 * <p>In this package a <em>record</em> is a value with named fields, a <em>row</em> and a
 * <em>column</em> are those of a {@linkplain dev.vantage.tsdb.language.Table table}.
 */
@NullMarked
package dev.vantage.tsdb.language;

import org.jspecify.annotations.NullMarked;
