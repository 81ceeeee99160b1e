package dev.vantage.tsdb.format;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The files of directories and archives that hold no series, by their extensions. Thread-safe. */
public final class OtherFiles {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "md", "rst", "pdf", "png", "jpg", "jpeg", "gif", "svg", "html", "htm", "css", "js", "py",
          "pyc", "ipynb", "r", "m", "sh", "java", "class", "jar", "json", "xml", "yaml", "yml",
          "toml", "ini", "log", "db", "sqlite", "fits", "fit", "npy", "npz", "mat", "h5", "hdf5",
          "parquet", "xls", "xlsx", "doc", "docx");

  private OtherFiles() {}

  /**
   * Returns the extension of a file that holds no series.
   *
   * @param name the last part of its path
   * @return the extension with its dot, in lower case, such as {@code .md}; empty if the file may
   *     hold series
   */
  public static Optional<String> extension(String name) {
    Objects.requireNonNull(name, "name");
    int dot = name.lastIndexOf('.');
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot >= 0 && EXTENSIONS.contains(extension)
        ? Optional.of("." + extension)
        : Optional.empty();
  }
}
