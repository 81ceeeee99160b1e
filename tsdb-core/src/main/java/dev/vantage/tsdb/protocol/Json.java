package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes the JSON of this protocol. Thread-safe. Numbers read back as the same doubles.
 * Text is UTF-8; an unpaired surrogate, which UTF-8 cannot carry, is written as an escape.
 */
public final class Json {
  private static final int MAX_NESTING = 1000;

  /** The maximum length of a number in a response, in digits: a tree holds numbers as values. */
  private static final int MAX_ANSWERED_NUMBER = 1000;

  /** The number of buffers kept for further messages; each may have grown to about 100 KB. */
  private static final int POOLED_BUFFERS = 64;

  private static final int LAST_CHAR_BEFORE_SURROGATES = 0xD7FF;

  private static final JsonFactory FACTORY = factory(ReadCosts.MAX_TOKEN, ReadCosts.MAX_TOKEN);

  private static final JsonFactory ANSWERS = factory(Integer.MAX_VALUE, MAX_ANSWERED_NUMBER);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  private static JsonFactory factory(int maxString, int maxNumber) {
    return new JsonFactoryBuilder()
        .highestNonEscapedChar(LAST_CHAR_BEFORE_SURROGATES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING)
                .maxNumberLength(maxNumber)
                .maxStringLength(maxString)
                .maxNameLength(ReadCosts.MAX_NAME)
                .build())
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        // Not one per thread: there may be thousands of idle virtual threads.
        .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        // The sender chooses field names, so the parser must not intern them for the life of the
        // process.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

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

  /**
   * Writes a payload on one line.
   *
   * @param payload the payload
   * @param room supplies the memory as the text grows
   * @return its text in UTF-8
   */
  public static Body toBody(Payload payload, Room room) {
    BodyWriter body = new BodyWriter(room);
    try (JsonGenerator out = MAPPER.createGenerator(body)) {
      payload.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("value must be writable as JSON", e);
    }
    return body.toBody();
  }

  /**
   * Reads a payload that {@link #toBody} wrote.
   *
   * @param payload the payload
   * @return the payload as a tree
   */
  public static JsonNode toTree(Body payload) {
    try {
      return read(payload.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what a payload writes as a tree. */
  static JsonNode tree(Payload payload) {
    try (TokenBuffer tokens = new TokenBuffer(MAPPER, false)) {
      payload.write(tokens);
      return MAPPER.readTree(tokens.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException("value must be writable as JSON", e);
    }
  }

  /**
   * Reads one value and nothing after it.
   *
   * @param text JSON in UTF-8
   * @return the value
   * @throws IOException if the text is not exactly one JSON value
   */
  public static JsonNode read(byte[] text) throws IOException {
    try (JsonParser parser = ANSWERS.createParser(reader(new ByteArrayInputStream(text)))) {
      return MAPPER.readValue(parser, JsonNode.class);
    }
  }

  /**
   * Reads token by token.
   *
   * @param text JSON in UTF-8
   * @return the parser; it throws a {@link CharacterCodingException} where the text is not UTF-8
   * @throws IOException if {@code text} fails
   */
  public static JsonParser parser(InputStream text) throws IOException {
    return FACTORY.createParser(reader(text));
  }

  /** Decodes UTF-8 strictly. Given bytes, the parser would guess the encoding and be lenient. */
  private static Reader reader(InputStream text) {
    return new InputStreamReader(
        text,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /**
   * Returns the rule that a text breaks if it cannot be read as an object.
   *
   * @param failure the exception of reading the text
   * @return the rule
   */
  public static String objectRule(IOException failure) {
    return failure instanceof StreamConstraintsException
        ? "JSON must have names of at most "
            + ReadCosts.MAX_NAME
            + " characters, strings and numbers of at most "
            + ReadCosts.MAX_TOKEN
            + ", and at most "
            + MAX_NESTING
            + " levels"
        : "request must be a JSON object in UTF-8";
  }

  /**
   * Describes why a text could not be read.
   *
   * @param failure the exception of reading the text
   * @return the problem, without the data
   */
  public static String problem(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return "not UTF-8";
    }
    if (failure instanceof JsonProcessingException json) {
      String where =
          json.getLocation() == null ? "" : " at char " + json.getLocation().getCharOffset();
      // Removes two additions of the parser: where an unfinished value began, and which parser
      // feature would be more lenient.
      String rule = json.getOriginalMessage().split(" \\(start marker|: enable `")[0];
      return rule.replaceAll(", from `[^`]*`", "") + where;
    }
    return failure.getClass().getSimpleName();
  }
}
