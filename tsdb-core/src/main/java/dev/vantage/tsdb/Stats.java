package dev.vantage.tsdb;

import java.util.List;
import java.util.Optional;

/**
 * The state of a database. Immutable.
 *
 * @param series the number of series
 * @param vantagePoints the ids of its vantage points, in the order they were chosen
 * @param settings the settings it was created with
 * @param metric the name of its metric
 * @param indexBytes bytes of the index in memory: spectra, distance rows, coordinates, trees, ids
 * @param spectrumBytes the part of {@code indexBytes} that holds the spectra of the series
 * @param spectra {@code MEMORY} if every spectrum needed so far fitted in memory, else {@code DISK}
 * @param readOnly whether the database is open read-only in the process that serves it
 * @param version the version of tsdb that serves it
 * @param javaVersion the version of Java that runs it
 * @param formatVersion the version of the stored format
 * @param server the limits and the load of the server that answered; empty for a database in this
 *     process
 */
public record Stats(
    long series,
    List<String> vantagePoints,
    Settings settings,
    String metric,
    long indexBytes,
    long spectrumBytes,
    OpenOptions.Spectra spectra,
    boolean readOnly,
    String version,
    String javaVersion,
    int formatVersion,
    Optional<ServerStats> server) {
  public Stats {
    vantagePoints = List.copyOf(vantagePoints);
  }

  /**
   * Adds the limits and the load of a server.
   *
   * @param newServer the limits and the load
   * @return a copy with them
   */
  public Stats withServer(ServerStats newServer) {
    return new Stats(
        series,
        vantagePoints,
        settings,
        metric,
        indexBytes,
        spectrumBytes,
        spectra,
        readOnly,
        version,
        javaVersion,
        formatVersion,
        Optional.of(newServer));
  }
}
