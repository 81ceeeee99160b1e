package dev.vantage.tsdb.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AttributesTest {
  private static void refused(String message, Executable making) {
    assertEquals(message, assertThrows(InvalidAttributeException.class, making).getMessage());
  }

  @Test
  void keepsTypesAndOrdersNames() {
    Attributes attributes =
        Attributes.none().with("z", "text").with("b", 1.5).with("a", 7L).with("m", true);
    assertEquals(
        Map.of(
            "z", new TextValue("text"),
            "b", new DoubleValue(1.5),
            "a", new LongValue(7),
            "m", new BooleanValue(true)),
        attributes.asMap());
    assertEquals(List.of("a", "b", "m", "z"), List.copyOf(attributes.asMap().keySet()));
    assertEquals("{a=7, b=1.5, m=true, z=text}", attributes.toString());
    assertEquals(
        List.of("long", "double", "boolean", "text"),
        attributes.asMap().values().stream().map(value -> value.type().label()).toList());
    assertEquals(attributes, Attributes.of(attributes.asMap()));
    assertEquals(attributes.hashCode(), Attributes.of(attributes.asMap()).hashCode());
  }

  @Test
  void tellsTypesApart() {
    assertNotEquals(Attributes.none().with("a", 1L), Attributes.none().with("a", 1.0));
    assertNotEquals(Attributes.none().with("a", "true"), Attributes.none().with("a", true));
    assertSame(Attributes.none(), Attributes.of(Map.of()));
  }

  @Test
  void cannotBeChanged() {
    Map<String, AttributeValue> values = new HashMap<>(Map.of("a", new LongValue(1)));
    Attributes attributes = Attributes.of(values);
    values.put("b", new LongValue(2));
    Attributes more = attributes.with("a", 3L);
    assertEquals(Map.of("a", new LongValue(1)), attributes.asMap());
    assertEquals(Map.of("a", new LongValue(3)), more.asMap());
    assertThrows(UnsupportedOperationException.class, () -> attributes.asMap().clear());
    assertEquals(Map.of(), Attributes.none().asMap());
  }

  @Test
  void refusesBadNames() {
    String rule = "attribute name must have 1 to 250 chars, not all blank: chars=";
    for (String name : new String[] {"", "  ", "\t", "x".repeat(251)}) {
      refused(rule + name.length(), () -> Attributes.none().with(name, 1L));
      refused(rule + name.length(), () -> Attributes.of(Map.of(name, new LongValue(1))));
    }
    refused(
        "attribute name must not have control characters: found=U+0007",
        () -> Attributes.none().with("a\u0007b", true));
    refused(
        "attribute name must be valid Unicode: found=an unpaired surrogate",
        () -> Attributes.none().with("a\uD83D", 1.0));
    assertEquals(1, Attributes.none().with("\uD83D\uDE00".repeat(125), 1L).asMap().size());
  }

  @Test
  void refusesBadValues() {
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      refused(
          "attribute value must be finite: value=" + value,
          () -> Attributes.none().with("a", value));
    }
    refused(
        "attribute text must have at most 65536 chars: chars=65537",
        () -> Attributes.none().with("a", "x".repeat(65_537)));
    refused(
        "attribute text must be valid Unicode: found=an unpaired surrogate",
        () -> Attributes.none().with("a", "\uDE00"));
    assertEquals(
        "x".repeat(65_536),
        Attributes.none().with("a", "x".repeat(65_536)).asMap().get("a").toString());
    assertEquals("", Attributes.none().with("a", "").asMap().get("a").toString());
  }
}
