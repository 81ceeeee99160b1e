package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The fields that define the neighbors of a search. Thread-safe.
 *
 * <p>{@code k} is the maximum number of neighbors, {@code radius} the maximum distance. Without
 * either, the search returns the nearest {@link Query#DEFAULT_K}; with a radius alone, all within
 * it. {@code where} is a condition that neighbors must meet. A {@code budget} of {@code
 * exact_distances}, {@code milliseconds} or both lets it stop early. {@code attributes} names the
 * attributes to answer for each neighbor, {@code alignment} asks for the samples that match.
 */
final class QueryFields {
  static final FieldNames NAMES =
      FieldNames.scalars("k", "radius", "where", "alignment")
          .and(FieldNames.objects("budget"))
          .and(FieldNames.lists("attributes"))
          .and(AnswerForm.NAMES);

  private QueryFields() {}

  /** Reads the query about a subject. */
  static Query read(Fields fields, Query subject, boolean includeSelf) {
    OptionalDouble radius = fields.number("radius");
    OptionalInt k = fields.countOrMissing("k");
    Query query = subject.withBudget(budget(fields)).selecting(fields.textsIfAny("attributes"));
    query = fields.where().map(query::where).orElse(query);
    query = k.isPresent() ? query.nearest(k.getAsInt()) : query;
    query = radius.isPresent() ? query.within(radius.getAsDouble()) : query;
    query = fields.flag("alignment") ? query.aligned() : query;
    return includeSelf ? query.includingSelf() : query;
  }

  /** Returns the field {@code budget}, unlimited if it is absent. */
  private static Budget budget(Fields fields) {
    if (fields.present("budget") == null) {
      return Budget.UNLIMITED;
    }
    Map<String, JsonValue> members = fields.members("budget");
    Budget budget = Budget.UNLIMITED;
    JsonValue distances = Fields.unlessNull(members.get("exact_distances"));
    if (distances != null) {
      budget = budget.withExactDistances(wholeNotNegative("budget.exact_distances", distances));
    }
    String time = "budget.milliseconds";
    OptionalDouble milliseconds =
        Fields.finite(time, Fields.unlessNull(members.get("milliseconds")));
    if (milliseconds.isPresent()) {
      budget = budget.withTime(milliseconds(time, milliseconds.getAsDouble()));
    }
    if (!budget.isLimited()) {
      throw new InvalidRequestException(
          "budget must have exact_distances or milliseconds: budget=object without either");
    }
    return budget;
  }

  private static long wholeNotNegative(String name, JsonValue value) {
    long number = Fields.integer(name, value);
    if (number < 0) {
      throw new InvalidRequestException(name + " must be >= 0: " + name + "=" + number);
    }
    return number;
  }

  private static Duration milliseconds(String name, double number) {
    if (number < 0) {
      throw new InvalidRequestException(name + " must be >= 0: " + name + "=" + number);
    }
    return Duration.ofNanos(Math.round(number * 1e6));
  }

  static void put(ObjectNode body, Query query, AnswerForm form) {
    body.put("k", query.k());
    if (Double.isFinite(query.radius())) {
      body.put("radius", query.radius());
    }
    query.where().ifPresent(where -> body.put("where", where.toString()));
    if (query.includeSelf()) {
      body.put("include_self", true);
    }
    if (query.budget().isLimited()) {
      putBudget(body.putObject("budget"), query.budget());
    }
    if (!query.selected().isEmpty()) {
      query.selected().forEach(body.putArray("attributes")::add);
    }
    if (query.isAligned()) {
      body.put("alignment", true);
    }
    if (form.explain()) {
      body.put("explain", true);
    }
    if (form.version() > 1) {
      body.put("protocol", form.version());
    }
  }

  private static void putBudget(ObjectNode body, Budget budget) {
    budget.exactDistances().ifPresent(most -> body.put("exact_distances", most));
    budget
        .time()
        .ifPresent(
            time -> body.put("milliseconds", time.getSeconds() * 1e3 + time.getNano() / 1e6));
  }
}
