package dev.vantage.tsdb.index.column;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A dictionary: distinct strings under codes from 1 on; 0 means no string. It only grows, so a
 * column and its copies share it. Written by one thread at a time, read without locks.
 */
final class TextCodes {
  private static final int BYTES_PER_TEXT = 100; // bytes per string besides its characters

  private final Map<String, Integer> codes = new HashMap<>();
  private volatile String[] texts = new String[16];
  private volatile long characters;

  /** Returns the code of a string; adds the string if it is new. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes at a time
  int code(String text) {
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

  /** Returns the strings by code; longer than the number of strings. */
  String[] texts() {
    return texts;
  }

  /** Returns the number of strings; called by the thread that writes. */
  int size() {
    return codes.size();
  }

  /** Returns the total length of all strings, in chars. */
  long characters() {
    return characters;
  }

  long bytes() {
    return (long) texts.length * Integer.BYTES
        + (long) codes.size() * BYTES_PER_TEXT
        + 2 * characters;
  }
}
