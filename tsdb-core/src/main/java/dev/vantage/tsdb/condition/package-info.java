/**
 * Conditions on the attributes of series: read from text, bound to types, and evaluated in memory.
 * Contains no SQL; uses only the package of series.
 *
 * <p>{@link dev.vantage.tsdb.condition.Condition#parse} reads a text. {@link
 * dev.vantage.tsdb.condition.Condition#bind} gives attributes their types and yields a {@link
 * dev.vantage.tsdb.condition.Filter}: a tree of AND and OR over tests of values of one type each,
 * with negation only inside the tests. A filter is evaluated {@linkplain
 * dev.vantage.tsdb.condition.Filter#matches row by row}, in SQL (by {@code ConditionSql} of the
 * store), or on columns of values, with the tests' own methods. All of them agree on every row.
 *
 * <h2>The language</h2>
 *
 * <pre>
 * condition  = and-list { "or" and-list }
 * and-list   = factor { "and" factor }
 * factor     = "not" factor | "(" condition ")" | test
 * test       = attribute
 *            | attribute comparison literal | literal comparison attribute
 *            | attribute [ "not" ] "between" literal "and" literal
 *            | attribute [ "not" ] "in" "(" literal { "," literal } ")"
 *            | attribute [ "not" ] "like" text [ "escape" text ]
 *            | attribute "is" [ "not" ] "null"
 * comparison = "=" | "&lt;&gt;" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 * literal    = number | text | "true" | "false" | "timestamp" text
 * number     = [ "+" | "-" ] digits with at most one point [ "e" [ "+" | "-" ] digits ]
 * text       = "'" any characters, a quote as two quotes "'"
 * attribute  = letter or "_", then letters, digits, "_", "."
 *            | '"' any characters, a quote as two quotes '"'
 * </pre>
 *
 * <p>Keywords may be written in any case; names of attributes are case-sensitive. A name that is a
 * keyword must be in double quotes. An attribute by itself must be a boolean.
 *
 * <p>A series without a value of an attribute has null there. As in SQL, no test of null is true
 * except {@code is null}, and neither is its negation: if x is null, neither {@code x < 5} nor
 * {@code not x < 5} matches.
 *
 * <p>Comparisons are exact. A number with a point or an exponent, compared with a double, stands
 * for the nearest double. All other numbers are exact: {@code n < 2.5} and {@code n < 1e30} are
 * correct for every long n, and {@code x = 9007199254740993} for every double x. -0.0 equals 0.0.
 * Strings are compared by code points. Timestamps are compared with strings like '2024-05-01' or
 * '2024-05-01T20:15:00.5+02:00' (ISO 8601, UTC unless an offset is given); fractions of a
 * microsecond are cut off. False is before true. {@code like} is case-sensitive; % matches any
 * sequence of characters, _ a single character, in time linear in the string.
 */
@NullMarked
package dev.vantage.tsdb.condition;

import org.jspecify.annotations.NullMarked;
