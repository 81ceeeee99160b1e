package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * JSON as this protocol writes and reads it. Numbers read back as the same doubles. Text is UTF-8;
 * an unpaired surrogate, which UTF-8 cannot carry, is written as an escape.
 */
public final class Json {
  private static final int MAX_NESTING = 1000;
  private static final int LAST_CHAR_BEFORE_SURROGATES = 0xD7FF;

  // The length of a frame bounds texts and numbers. Field names are the sender's choice, so they
  // are not kept beyond the message that brought them.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .highestNonEscapedChar(LAST_CHAR_BEFORE_SURROGATES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // Not kept by each thread: there may be thousands, virtual and idle.
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /**
   * Writes a value on one line.
   *
   * @param value the value
   * @return its text in UTF-8
   */
  public static byte[] toBytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("value must be writable as JSON", e);
    }
  }

  /**
   * Writes a value on one line.
   *
   * @param value the value
   * @return its text
   */
  public static String toText(JsonNode value) {
    return new String(toBytes(value), StandardCharsets.UTF_8);
  }

  /** Reads one value and nothing after it. */
  static JsonNode read(byte[] text) throws IOException {
    try (JsonParser parser = parser(text)) {
      return MAPPER.readValue(parser, JsonNode.class);
    }
  }

  /** Reads token by token; what is not UTF-8 ends it with a {@link CharacterCodingException}. */
  static JsonParser parser(byte[] text) throws IOException {
    // Given bytes, the parser would guess the encoding and be lenient about it.
    Reader reader =
        new InputStreamReader(
            new ByteArrayInputStream(text),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    return FACTORY.createParser(reader);
  }

  /** What is wrong with a text that could not be read. */
  static String problem(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return "not UTF-8";
    }
    if (failure instanceof JsonProcessingException json) {
      String where =
          json.getLocation() == null ? "" : " at char " + json.getLocation().getCharOffset();
      // The parser adds where an unfinished value began and which of its features would be more
      // lenient, in terms of its own source.
      return json.getOriginalMessage().split(" \\(start marker|: enable `")[0] + where;
    }
    return failure.getClass().getSimpleName();
  }
}
