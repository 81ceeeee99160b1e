package dev.vantage.tsdb.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A picture: panels beside or below one another, and one legend for all of them. Marks with the
 * same name belong to one series and have one color in every panel. Immutable.
 *
 * @param title what the picture shows; may be empty
 * @param panels the panels, at least one
 */
public record Plot(String title, List<Panel> panels) {

  /**
   * Creates a plot.
   *
   * @throws IllegalArgumentException if there is no panel
   */
  public Plot {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(panels, "panels");
    panels = List.copyOf(panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("a plot must have at least 1 panel: panels=0");
    }
  }

  /**
   * A line of the legend. Immutable.
   *
   * @param name the name of a series
   * @param note what the plot says of the series; may be empty
   */
  public record LegendEntry(String name, String note) {
    /** Creates an entry. */
    public LegendEntry {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(note, "note");
    }
  }

  /**
   * {@return the series of all panels in the order of their first marks, without marks that have no
   * name; the first is the subject of the plot}
   */
  public List<LegendEntry> legend() {
    Map<String, LegendEntry> entries = new LinkedHashMap<>();
    for (Panel panel : panels) {
      for (Mark mark : panel.marks()) {
        if (!mark.name().isEmpty()) {
          entries.putIfAbsent(mark.name(), new LegendEntry(mark.name(), mark.note()));
        }
      }
    }
    return List.copyOf(entries.values());
  }
}
