package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first lines decide the format, and the report names it; an unclear file is refused with a
 * hint.
 */
class FormatDetectorTest {
  private static Collected read(String text, ReadOptions options) throws IOException {
    Collected read = new Collected();
    byte[] bytes = text.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
    FormatDetector.read(new ByteArrayInputStream(bytes), "file", "file", options, read);
    return read;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "0 1/0.5 2 = columns (time, value)",
        "time,mag/0,1/0.5,2 = columns (time, value)",
        "mag,time/1,0/2,0.5 = columns (time:time, value:mag)",
        "a,1,2,3,4/b,2,3,5,6 = wide (id:1, values)",
        "id,t0,t1/a,1,2/b,2,3 = wide (id:id, values)",
        "2450748.8 15.0 0.1/2450749.8 15.2 0.1 = columns (time, value)",
        "@data/1,2,3 = ts (values)",
        "% c/@relation r/@attribute a real/@attribute b real/@data/1,2 = arff (values)",
      })
  void saysWhatItRead(String text, String readAs) throws IOException {
    Collected read = read(text, ReadOptions.defaults());
    assertEquals(List.of(), read.errors);
    assertEquals(readAs.replace(':', '='), read.reports.get(0).readAs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "1,2,3/2,3,5 = --as wide --id none",
        "1,2,3,4/2,3,5,6 = --as wide --id none",
        "x,y,z/1,2,3 = --time x --value y",
        "hjd,mag,flux/1,2,3 = --time hjd --value mag",
        "hjd,mjd,mag/1,2,3 = --time hjd --value mag",
      })
  void saysWhatItNeeds(String text, String hint) throws IOException {
    Collected read = read(text, ReadOptions.defaults());
    assertEquals(List.of(), read.entries);
    assertEquals(1, read.errors.size());
    assertTrue(read.errors.get(0).reason().contains(hint), read.errors::toString);
    assertEquals(1, read.errors.get(0).series());
  }

  @Test
  void optionsNarrowTheChoice() throws IOException {
    ReadOptions options = ReadOptions.defaults();
    assertEquals(
        List.of("file-1", "file-2"),
        read("1,2,3/2,3,5", options.withFirstColumn(FirstColumn.VALUE)).ids());
    assertEquals(List.of("file"), read("1,2,3/2,3,5", options.withTime("1").withValue("3")).ids());
    assertTrue(
        read("@data/1,2,3", options.withTime("1"))
            .errors
            .get(0)
            .reason()
            .startsWith("options must have an effect on files of format ts: options=--time"));
  }
}
