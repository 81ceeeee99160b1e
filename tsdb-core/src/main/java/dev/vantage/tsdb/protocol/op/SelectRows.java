package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Selects attributes of series as a table. Immutable.
 *
 * @param select what to select
 */
public record SelectRows(Select select) implements Request {
  /** The attribute of which a count counts rows. */
  private static final String ANY = "*";

  static final FieldNames FIELDS =
      FieldNames.objectLists("columns", "order_by")
          .and(FieldNames.lists("group_by"))
          .and(FieldNames.scalars("where", "limit"));

  @Override
  public Op op() {
    return Op.SELECT;
  }

  @Override
  public Optional<Condition> where() {
    return select.where();
  }

  static SelectRows read(Fields fields) {
    List<SelectColumn> columns =
        fields.elements("columns").stream().map(SelectRows::column).toList();
    Select select = fields.present("columns") == null ? Select.all() : Select.of(columns);
    Select grouped =
        select
            .groupedBy(fields.textsIfAny("group_by"))
            .orderedBy(fields.elements("order_by").stream().map(SelectRows::order).toList())
            .limit(fields.count("limit").orElse(Select.DEFAULT_LIMIT));
    return new SelectRows(fields.where().map(grouped::where).orElse(grouped));
  }

  private static SelectColumn column(JsonValue element) {
    if (element instanceof JsonValue.Text attribute) {
      return SelectColumn.of(attribute.value());
    }
    JsonValue.Members members = members("columns", element);
    Map<String, JsonValue> rest = new HashMap<>(members.byName());
    Optional<String> name =
        Optional.ofNullable(rest.remove("as")).map(value -> text("as of a column", value));
    if (rest.size() != 1) {
      throw column("found=" + rest.size() + " members");
    }
    Map.Entry<String, JsonValue> one = rest.entrySet().iterator().next();
    SelectColumn column =
        column(one.getKey(), text(Quote.start(one.getKey()) + " of a column", one.getValue()));
    return name.map(column::as).orElse(column);
  }

  private static SelectColumn column(String word, String attribute) {
    if (word.equals("attribute")) {
      return SelectColumn.of(attribute);
    }
    Aggregate aggregate =
        Aggregate.ofLabel(word).orElseThrow(() -> column("found=" + Quote.start(word)));
    return aggregate == Aggregate.COUNT && attribute.equals(ANY)
        ? SelectColumn.countOfRows()
        : SelectColumn.of(aggregate, attribute);
  }

  private static InvalidRequestException column(String found) {
    return new InvalidRequestException(
        "column must have a member attribute or an aggregate, "
            + Arrays.stream(Aggregate.values())
                .map(Aggregate::label)
                .collect(Collectors.joining(", "))
            + ", and besides it only as: "
            + found);
  }

  private static RowOrder order(JsonValue element) {
    if (element instanceof JsonValue.Text column) {
      return RowOrder.ascending(column.value());
    }
    JsonValue.Members members = members("order_by", element);
    JsonValue column = members.byName().get("column");
    if (column == null) {
      throw new InvalidRequestException("column of order_by must be given: column=none");
    }
    String name = text("column of order_by", column);
    JsonValue descending = Fields.unlessNull(members.byName().get("descending"));
    if (descending == null) {
      return RowOrder.ascending(name);
    }
    if (descending instanceof JsonValue.Truth truth) {
      return truth.value() ? RowOrder.descending(name) : RowOrder.ascending(name);
    }
    throw Fields.mustBe("descending of order_by", "a boolean", descending);
  }

  private static JsonValue.Members members(String field, JsonValue element) {
    if (element instanceof JsonValue.Members members) {
      return members;
    } else if (element instanceof JsonValue.Overfull object) {
      throw Fields.overfull("each of " + field, object, "members");
    }
    throw Fields.mustBe("each of " + field, "a string or an object", element);
  }

  private static String text(String name, JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    throw Fields.mustBe(name, "a string", value);
  }

  @Override
  public void putFields(ObjectNode body) {
    if (!select.isAll()) {
      ArrayNode columns = body.putArray("columns");
      select.columns().forEach(column -> put(columns.addObject(), column));
    }
    select.where().ifPresent(condition -> body.put("where", condition.toString()));
    if (!select.groups().isEmpty()) {
      ArrayNode groups = body.putArray("group_by");
      select.groups().forEach(groups::add);
    }
    if (!select.orders().isEmpty()) {
      ArrayNode orders = body.putArray("order_by");
      select
          .orders()
          .forEach(
              order ->
                  orders
                      .addObject()
                      .put("column", order.column())
                      .put("descending", order.isDescending()));
    }
    body.put("limit", select.limit());
  }

  private static void put(ObjectNode object, SelectColumn column) {
    if (column instanceof SelectColumn.OfAttribute one) {
      object.put("attribute", one.attribute());
    } else if (column instanceof SelectColumn.OfAggregate one) {
      if (one.aggregate() == Aggregate.COUNT && one.attribute().equals(ANY)) {
        throw new InvalidSelectException(
            InvalidSelectException.Rule.COLUMNS,
            "a server can count only values of attributes that are not called *: name='*'");
      }
      object.put(one.aggregate().label(), one.attribute());
    } else {
      object.put(Aggregate.COUNT.label(), ANY);
    }
    object.put("as", column.name());
  }

  /**
   * Creates the payload of the response.
   *
   * @param rows the rows
   * @return a table
   */
  public static Payload payload(Rows rows) {
    return TableJson.payload(rows, List.of());
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the rows
   */
  public static Rows answer(JsonNode payload) {
    return TableJson.answer(payload);
  }
}
