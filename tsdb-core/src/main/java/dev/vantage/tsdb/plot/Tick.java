package dev.vantage.tsdb.plot;

import java.util.Objects;

/**
 * A labelled place of an axis. Immutable.
 *
 * @param value the place, in the unit of the axis
 * @param label the value as text, as short as it can be told from its neighbors
 */
public record Tick(double value, String label) {
  /** Creates a tick. */
  public Tick {
    Objects.requireNonNull(label, "label");
  }
}
