package dev.vantage.tsdb.protocol.op;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Stats;
import java.util.List;
import java.util.OptionalInt;

/**
 * The form of the answer to a search. Immutable.
 *
 * @param version the version of the protocol that the request speaks: in version 1 the answer has
 *     neighbors alone unless the request asks for the report; from version 2 on it always is an
 *     object
 * @param explain whether the answer must include its report
 * @param ignored the names of fields that the operation does not have, which the report tells
 */
public record AnswerForm(int version, boolean explain, List<String> ignored) {
  /** Version 1, without the report. */
  public static final AnswerForm NEIGHBORS = new AnswerForm(1, false, List.of());

  /** Version 1, with the report. */
  public static final AnswerForm EXPLAINED = NEIGHBORS.withReport();

  static final FieldNames NAMES = FieldNames.scalars("explain", "protocol");

  public AnswerForm {
    ignored = List.copyOf(ignored);
  }

  static AnswerForm of(boolean explain) {
    return explain ? EXPLAINED : NEIGHBORS;
  }

  static AnswerForm read(Fields fields, FieldNames ofOperation) {
    OptionalInt version = fields.count("protocol");
    if (version.orElse(1) > Stats.Versions.NEWEST_PROTOCOL) {
      throw new InvalidRequestException(
          "protocol must be from 1 to "
              + Stats.Versions.NEWEST_PROTOCOL
              + ": protocol="
              + version.getAsInt());
    }
    return new AnswerForm(version.orElse(1), fields.flag("explain"), fields.ignoredBy(ofOperation));
  }

  /** {@return this form with the report} */
  public AnswerForm withReport() {
    return new AnswerForm(version, true, ignored);
  }
}
