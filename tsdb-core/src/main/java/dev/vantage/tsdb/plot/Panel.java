package dev.vantage.tsdb.plot;

import java.util.List;
import java.util.Objects;

/**
 * A rectangle with two axes and marks. Immutable.
 *
 * @param title what the panel shows; may be empty
 * @param x the horizontal axis, from left to right
 * @param y the vertical axis, from bottom to top unless it is inverted
 * @param marks the marks, in the order of drawing
 */
public record Panel(String title, Axis x, Axis y, List<Mark> marks) {

  /**
   * Creates a panel.
   *
   * @throws IllegalArgumentException if a point of a mark is outside of the axes
   */
  public Panel {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    Objects.requireNonNull(marks, "marks");
    marks = List.copyOf(marks);
    for (Mark mark : marks) {
      for (int i = 0; i < mark.size(); i++) {
        x.checkCovers(mark.x(i));
        y.checkCovers(mark.y(i));
      }
    }
  }
}
