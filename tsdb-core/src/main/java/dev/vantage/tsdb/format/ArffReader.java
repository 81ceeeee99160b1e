package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.FieldSplitter;
import dev.vantage.tsdb.format.table.LineReader;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TextSource;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads ARFF files of the Weka toolkit, with one series in a row. Thread-safe. */
final class ArffReader implements FormatReader {
  private final ReadOptions options;

  ArffReader(ReadOptions options) {
    this.options = options;
  }

  @Override
  public void read(TextSource source, Output output) throws IOException, BadFileException {
    LineReader lines = source.lines();
    lines.skip(options.skippedLines());
    ArffHeader header = ArffHeader.read(lines);
    output.readAs("arff (" + (header.label().isPresent() ? "label, " : "") + "values)");
    long rows = 0;
    while (lines.next()) {
      String text = lines.text();
      if (!text.stripLeading().startsWith("%")) {
        rows++;
        String id = source.name() + "-" + rows;
        output.offer(
            output.at(lines.number(), text),
            id,
            "",
            () -> MadeSeries.of(entry(text, id, header, output)));
      }
    }
    if (rows == 0) {
      throw BadFileException.withoutData(lines.number());
    }
  }

  private SeriesEntry entry(String text, String id, ArffHeader header, Output output)
      throws BadRowException {
    if (text.stripLeading().startsWith("{")) {
      throw new BadRowException("row must have all values: found=a sparse row in braces");
    }
    List<String> fields =
        FieldSplitter.ofArff(text)
            .orElseThrow(() -> new BadRowException("quotes must match: quotes=not matching"));
    if (fields.size() != header.width()) {
      throw new BadRowException(
          "row must have as many values as there are attributes: values="
              + fields.size()
              + ", attributes="
              + header.width());
    }
    List<String> values = new ArrayList<>(fields);
    Attributes attributes = Attributes.none();
    if (header.label().isPresent()) {
      String label = values.remove(header.label().get().intValue());
      boolean isKnown = !label.equals("?");
      if (isKnown && !header.classes().isEmpty() && !header.classes().contains(label)) {
        throw new BadRowException(
            "class must be declared in the header: class=" + Numbers.quote(label));
      }
      attributes = isKnown ? Labels.attribute(label) : attributes;
    }
    double[] numbers = ValueRow.parse(values, DecimalMark.POINT, options, output);
    return new SeriesEntry(id, TimeSeries.ofValues(numbers), attributes);
  }
}
