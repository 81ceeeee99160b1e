package dev.vantage.tsdb.search;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Texts, each of which is kept once, under a code from 1 on; 0 where there is none. */
final class TextColumn extends AttributeColumn {
  private static final int BYTES_PER_TEXT = 100; // beside its characters: entry, objects

  private final Map<String, Integer> codes = new HashMap<>();
  private volatile String[] texts = new String[16];
  private volatile int[][] chunks = new int[0][];
  private long characters;

  @Override
  void set(int ordinal, AttributeValue value) {
    set(ordinal, ((TextValue) value).value());
  }

  private void set(int ordinal, String text) {
    int number = chunk(ordinal);
    int[][] all = number < chunks.length ? chunks : Arrays.copyOf(chunks, number + 1);
    if (all[number] == null) {
      all[number] = new int[CHUNK];
    }
    all[number][place(ordinal)] = code(text);
    chunks = all; // for those who read without locks
  }

  @Override
  void clear(int ordinal) {
    if (has(ordinal)) {
      chunks[chunk(ordinal)][place(ordinal)] = 0;
    }
  }

  private int code(String text) {
    Integer known = codes.get(text);
    if (known != null) {
      return known;
    }
    int code = codes.size() + 1;
    String[] all = code < texts.length ? texts : Arrays.copyOf(texts, 2 * code);
    all[code] = text;
    texts = all;
    characters += text.length();
    codes.put(text, code);
    return code;
  }

  /** The codes of a chunk by place, or an empty array if there is no text in it. */
  int[] codes(int chunk) {
    int[][] all = chunks;
    return chunk < all.length && all[chunk] != null ? all[chunk] : new int[0];
  }

  /** The texts by code, null where there is none yet; not to be changed. */
  String[] texts() {
    return texts;
  }

  @Override
  boolean has(int ordinal) {
    int[] own = codes(chunk(ordinal));
    return own.length > 0 && own[place(ordinal)] != 0;
  }

  @Override
  AttributeColumn packed(int[] order) {
    TextColumn packed = new TextColumn();
    for (int ordinal = 0; ordinal < order.length; ordinal++) {
      if (has(order[ordinal])) {
        packed.set(ordinal, texts[codes(chunk(order[ordinal]))[place(order[ordinal])]]);
      }
    }
    return packed;
  }

  @Override
  long bytes() {
    return Arrays.stream(chunks).filter(Objects::nonNull).count() * CHUNK * Integer.BYTES
        + (long) texts.length * (Integer.BYTES + BYTES_PER_TEXT)
        + 2 * characters;
  }
}
