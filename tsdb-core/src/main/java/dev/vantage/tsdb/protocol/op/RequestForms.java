package dev.vantage.tsdb.protocol.op;

import java.util.Arrays;
import java.util.function.Function;

/**
 * How to read the request of each operation. Immutable.
 *
 * @param fields the names of its fields
 * @param reader reads the request and checks every field that can be checked without the database
 */
record RequestForms(FieldNames fields, Function<Fields, Request> reader) {
  /** The names of the fields of all operations. */
  static final FieldNames ALL_FIELDS =
      Arrays.stream(Op.values())
          .map(op -> of(op).fields)
          .reduce(FieldNames.scalars("op", "tag"), FieldNames::and);

  static RequestForms of(Op op) {
    return switch (op) {
      case PING -> new RequestForms(FieldNames.NONE, fields -> new Ping());
      case HELLO -> new RequestForms(Hello.FIELDS, Hello::read);
      case WITH_ID -> new RequestForms(WithId.FIELDS, WithId::read);
      case WITH_TS -> new RequestForms(WithTs.FIELDS, WithTs::read);
      case GET -> new RequestForms(Get.FIELDS, Get::read);
      case INSERT -> new RequestForms(Insert.FIELDS, Insert::read);
      case DELETE -> new RequestForms(Delete.FIELDS, Delete::read);
      case IDS -> new RequestForms(Ids.FIELDS, Ids::read);
      case COUNT -> new RequestForms(Count.FIELDS, Count::read);
      case SELECT -> new RequestForms(SelectRows.FIELDS, SelectRows::read);
      case EVAL -> new RequestForms(Eval.FIELDS, Eval::read);
      case CURVES -> new RequestForms(Curves.FIELDS, Curves::read);
      case STATS -> new RequestForms(FieldNames.NONE, fields -> new Statistics());
      case ADD_VANTAGE_POINT -> new RequestForms(AddVantagePoint.FIELDS, AddVantagePoint::read);
      case ATTRIBUTES -> new RequestForms(FieldNames.NONE, fields -> new ListAttributes());
      case ADD_ATTRIBUTE -> new RequestForms(AddAttribute.FIELDS, AddAttribute::read);
      case SET_ATTRIBUTES -> new RequestForms(SetAttributes.FIELDS, SetAttributes::read);
      case CACHE_STATS -> new RequestForms(FieldNames.NONE, fields -> new CacheStatistics());
      case CACHE_CONFIG -> new RequestForms(ConfigureCache.FIELDS, ConfigureCache::read);
      case CACHE_CLEAR -> new RequestForms(FieldNames.NONE, fields -> new ClearCache());
      case BACKUP -> new RequestForms(FieldNames.NONE, fields -> new Backup());
      case EXPORT -> new RequestForms(FieldNames.NONE, fields -> new Export());
    };
  }
}
