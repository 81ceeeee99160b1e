package dev.vantage.tsdb.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.vantage.tsdb.series.Attributes;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The names of JSON fields in a file, and the JSON parser and generator for it. */
final class ArchiveFormat {
  static final String NAME = "tsdb-export";
  static final int VERSION = 1;

  static final String FORMAT = "format";
  static final String FORMAT_VERSION = "version";
  static final String SETTINGS = "settings";
  static final String ATTRIBUTE_TYPES = "attribute_types";
  static final String VANTAGE_POINTS = "vantage_points";
  static final String ID = "id";
  static final String INSERTED_AT = "inserted_at";
  static final String ATTRIBUTES = "attributes";
  static final String PERIOD = "period";
  static final String TIMES = "times";
  static final String VALUES = "values";

  private static final int MAX_NESTING = 4;
  private static final int MAX_NAME = 1000;
  private static final int MAX_NUMBER = 1000;

  // Names come from the file, so the parser must not intern them for the life of the process.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(Attributes.MAX_TEXT)
                  .maxNameLength(MAX_NAME)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private ArchiveFormat() {}

  static JsonFactory json() {
    return JSON;
  }

  /** Creates a generator that writes no separators; the caller writes the line ends. */
  static JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator generator = JSON.createGenerator(out);
    generator.setRootValueSeparator(null);
    return generator;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
