package dev.vantage.tsdb.index.column;

import dev.vantage.tsdb.condition.TextFilter;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Strings, each distinct string stored once under a code from 1 on; 0 means no value. */
public final class TextValues extends AttributeValues {
  private static final int MOST_TESTED_AT_ONCE = 1 << 12;

  /** The number of strings tested between two runs of the checkpoint: any of them may be long. */
  static final int TEXTS_AT_ONCE = 64;

  /** Up to this many strings may stay although no series has them any more. */
  private static final int MOST_UNUSED = 1 << 10;

  private final Pages<int[]> pages;
  private final TextCodes codes;

  TextValues() {
    this(new Pages<>(), new TextCodes());
  }

  private TextValues(Pages<int[]> pages, TextCodes codes) {
    this.pages = pages;
    this.codes = codes;
  }

  @Override
  void set(int ordinal, AttributeValue value) {
    set(ordinal, ((TextValue) value).value());
  }

  private void set(int ordinal, String text) {
    int code = codes.code(text);
    pages.toWrite(Pages.number(ordinal), TextValues::empty)[Pages.place(ordinal)] = code;
    pages.release();
  }

  private static int[] empty() {
    return new int[Pages.SIZE];
  }

  @Override
  void clear(int ordinal) {
    int[] page = pages.get(Pages.number(ordinal));
    if (page != null) {
      page[Pages.place(ordinal)] = 0;
    }
  }

  @Override
  AttributeValues copy() {
    return new TextValues(pages.copy(), codes);
  }

  @Override
  void replace(int ordinal, Optional<AttributeValue> value) {
    int[] page = pages.toChange(Pages.number(ordinal), TextValues::empty, int[]::clone);
    page[Pages.place(ordinal)] =
        value.map(text -> codes.code(((TextValue) text).value())).orElse(0);
  }

  /** Returns whether most strings are unused: a series has one at most. */
  boolean isMostlyUnused(int series) {
    return codes.size() > 2L * series + MOST_UNUSED;
  }

  /**
   * Clears the bits of a chunk's ordinals that fail a test.
   *
   * @param accepted tells whether a string passes, by its code; never called with 0
   * @param checkpoint run between texts
   */
  public void keep(IntPredicate accepted, int chunk, long[] mask, Runnable checkpoint) {
    for (int word = 0; word < mask.length; word++) {
      checkpoint.run();
      int[] page = pages.get(Pages.firstPage(chunk) + word);
      mask[word] = page == null ? 0 : passing(accepted, page, mask[word]);
    }
  }

  private static long passing(IntPredicate accepted, int[] page, long mask) {
    long passing = 0;
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      int bit = Long.numberOfTrailingZeros(rest);
      passing |= (page[bit] != 0 && accepted.test(page[bit]) ? 1L : 0L) << bit;
    }
    return passing;
  }

  /**
   * Returns a test of codes. If there are few strings, all are tested in advance; otherwise each is
   * tested when it occurs.
   *
   * @param test the test
   * @param checkpoint run between texts
   */
  public IntPredicate accepted(TextFilter test, Runnable checkpoint) {
    String[] all = codes.texts();
    if (all.length > MOST_TESTED_AT_ONCE) {
      return code -> test.test(all[code]);
    }
    boolean[] passing = new boolean[all.length];
    for (int code = 1; code < all.length; code++) {
      if (code % TEXTS_AT_ONCE == 0) {
        checkpoint.run();
      }
      passing[code] = all[code] != null && test.test(all[code]);
    }
    return code -> passing[code];
  }

  /**
   * Returns an estimate of the mean length of the strings, in chars; at least half the true mean.
   */
  public long meanCharacters() {
    return codes.characters() / codes.texts().length;
  }

  @Override
  public boolean has(int ordinal) {
    int[] page = pages.get(Pages.number(ordinal));
    return page != null && page[Pages.place(ordinal)] != 0;
  }

  @Override
  public Optional<AttributeValue> value(int ordinal) {
    int[] page = pages.get(Pages.number(ordinal));
    int code = page == null ? 0 : page[Pages.place(ordinal)];
    return code == 0 ? Optional.empty() : Optional.of(new TextValue(codes.texts()[code]));
  }

  @Override
  AttributeValues packed(int[] newOrdinals) {
    TextValues packed = new TextValues();
    pages.forEach(
        (number, page) -> {
          for (int i = 0; i < Pages.SIZE; i++) {
            int old = number * Pages.SIZE + i;
            if (page[i] != 0 && old < newOrdinals.length && newOrdinals[old] >= 0) {
              packed.set(newOrdinals[old], codes.texts()[page[i]]);
            }
          }
        });
    return packed;
  }

  @Override
  long bytes() {
    return pages.bytes(Pages.SIZE * Integer.BYTES) + codes.bytes();
  }
}
