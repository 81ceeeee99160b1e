package dev.vantage.tsdb.language;

import java.util.List;

/**
 * The place of a call, for messages. Immutable.
 *
 * @param position the call
 * @param arguments its arguments; empty if a builtin makes the call
 */
record Site(Position position, List<Position> arguments) {

  /** Returns the place of an argument, or of the call if the argument is not written there. */
  Position argument(int number) {
    return number < arguments.size() ? arguments.get(number) : position;
  }
}
