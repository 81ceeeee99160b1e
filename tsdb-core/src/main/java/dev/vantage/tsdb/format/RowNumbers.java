package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.TableHead;
import java.util.OptionalInt;

/** Finds out whether a column only numbers its rows. Not thread-safe. */
final class RowNumbers {
  private boolean areCounting = true;
  private int last;
  private boolean hasBegun;

  /** Takes the field of the next row into account. */
  void see(String field) {
    if (!areCounting) {
      return;
    }
    OptionalInt number = TableHead.number(field);
    areCounting = number.isPresent() && (!hasBegun || number.getAsInt() == last + 1);
    last = number.orElse(0);
    hasBegun = true;
  }

  /** Returns whether all fields were whole numbers that count up by one. */
  boolean areCounting() {
    return areCounting;
  }
}
