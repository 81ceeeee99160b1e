package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.integer;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.protocol.Payload;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Changes the settings of the answer cache; an empty setting stays unchanged. Immutable.
 *
 * @param capacityMb the maximum size of the cache in MB, in the range of {@link CacheSettings}
 * @param policy which answers are evicted first when the cache is full
 */
public record ConfigureCache(OptionalInt capacityMb, Optional<CachePolicy> policy)
    implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("capacity_mb", "policy");

  public ConfigureCache {
    capacityMb.ifPresent(CacheSettings::checkCapacity);
  }

  @Override
  public Op op() {
    return Op.CACHE_CONFIG;
  }

  static ConfigureCache read(Fields fields) {
    return new ConfigureCache(
        capacityMb(fields),
        fields.text("policy").map(label -> CachePolicy.ofLabel(Quote.start(label))));
  }

  private static OptionalInt capacityMb(Fields fields) {
    JsonValue value = fields.present("capacity_mb");
    if (value == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(CacheSettings.checkCapacity(Fields.integer("capacity_mb", value)));
  }

  @Override
  public void putFields(ObjectNode body) {
    capacityMb.ifPresent(capacity -> body.put("capacity_mb", capacity));
    policy.ifPresent(name -> body.put("policy", name.label()));
  }

  /**
   * Creates the payload of the response.
   *
   * @param settings the settings of the cache
   * @return {@code {"capacity_mb","policy"}}
   */
  public static Payload payload(CacheSettings settings) {
    return Payload.of(node(settings));
  }

  static ObjectNode node(CacheSettings settings) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("capacity_mb", settings.capacityMb())
        .put("policy", settings.policy().label());
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the settings of the cache
   */
  public static CacheSettings answer(JsonNode payload) {
    return PayloadReader.read(payload, ConfigureCache::parse);
  }

  static CacheSettings parse(JsonNode node) {
    return new CacheSettings(
        integer(node.required("capacity_mb")), CachePolicy.ofLabel(text(node.required("policy"))));
  }
}
