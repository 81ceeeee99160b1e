package dev.vantage.tsdb.format.table;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Describes bytes that are not UTF-8 text, and guesses their format. Thread-safe. */
final class BadBytes {
  private static final int TAR_MARK = 257;
  private static final Map<String, String> BEGINNINGS = beginnings();

  private BadBytes() {}

  private static Map<String, String> beginnings() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("SIMPLE  =", "a FITS file");
    known.put("\u0089HDF", "HDF5");
    known.put("CDF\u0001", "NetCDF");
    known.put("CDF\u0002", "NetCDF");
    known.put("PAR1", "Parquet");
    known.put("\u0093NUMPY", "a NumPy array");
    known.put("MATLAB 5.0", "a MATLAB file");
    known.put("SQLite format 3", "an SQLite database");
    known.put("%PDF", "PDF");
    known.put("\u0089PNG", "a PNG picture");
    known.put("\u00fd7zXZ", "xz");
    known.put("BZh", "bzip2");
    known.put("(\u00b5/\u00fd", "Zstandard");
    known.put("7z\u00bc\u00af", "7-Zip");
    known.put("\u0000\u0005\u0016\u0007", "an AppleDouble file");
    return known;
  }

  /** The reason why a line with a bad byte is refused. */
  static String ofLine(byte[] bytes, int from, int length, int bad) {
    int value = bad < length ? bytes[from + bad] & 0xff : 0;
    String found =
        String.format(
            Locale.ROOT, "file must be UTF-8: byte %d of the line is 0x%02X", bad + 1, value);
    return found + "; " + guess(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
  }

  private static String guess(String line) {
    return binary(line)
        .orElse("it looks like Latin-1; hint: --encoding ISO-8859-1, or another encoding");
  }

  /** The reason why a first line with null characters is refused. */
  static String ofNulls(String line) {
    int first = line.indexOf('\0');
    return "file must be UTF-8 text: character "
        + (first + 1)
        + " is null; "
        + binary(line)
            .orElse(
                "it looks like UTF-16; hint: --encoding "
                    + (first % 2 == 0 ? "UTF-16BE" : "UTF-16LE"));
  }

  private static Optional<String> binary(String line) {
    if (line.startsWith("ustar", TAR_MARK)) {
      return Optional.of("it looks like a tar archive, which is not read; hint: unpack it");
    }
    for (Map.Entry<String, String> known : BEGINNINGS.entrySet()) {
      if (line.startsWith(known.getKey())) {
        return Optional.of("it looks like " + known.getValue() + ", which is not read");
      }
    }
    long controls = line.chars().limit(200).filter(c -> c < ' ' && c != '\t' && c != 0).count();
    return controls > 3
        ? Optional.of("it looks like binary data, which is not read")
        : Optional.empty();
  }
}
