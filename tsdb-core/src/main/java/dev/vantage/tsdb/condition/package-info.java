/**
 * Conditions on the attributes of series: read from text, bound to types, and evaluated in memory.
 * Contains no SQL; uses only the package of series.
 *
 * <p>{@link dev.vantage.tsdb.condition.Condition#parse} reads a text. {@link
 * dev.vantage.tsdb.condition.Condition#bind} gives attributes their types and yields a {@link
 * dev.vantage.tsdb.condition.Filter}: a tree of AND and OR over tests of values of one type each,
 * from which all negation has gone into the tests. A filter is evaluated {@linkplain
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
 * <p>Keywords are in any case, names of attributes as they were declared; a name that is a keyword
 * is in double quotes. An attribute by itself must be a boolean.
 *
 * <p>A series without a value of an attribute has null there. As in SQL, no test of null is true
 * but {@code is null}, nor is its opposite, so that neither {@code x < 5} nor {@code not x < 5}
 * matches where x is null.
 *
 * <p>Comparisons are exact. A number with a point or an exponent, compared with a double, is the
 * double nearest to it; all others are the numbers they say, so that {@code n < 2.5} and {@code n <
 * 1e30} are right of every long n, and {@code x = 9007199254740993} of every double x. -0.0 equals
 * 0.0. Texts are compared by code points. Timestamps are compared with texts like '2024-05-01' or
 * '2024-05-01T20:15:00.5+02:00' (ISO 8601, UTC where nothing else is said); what is below a
 * microsecond is cut off. False is before true. {@code like} tells cases apart; % matches any run
 * of characters, _ one, in time linear in the text.
 */
package dev.vantage.tsdb.condition;
