package dev.vantage.tsdb;

import java.util.List;
import java.util.Optional;

/**
 * The state of a database.
 *
 * @param series how many series it holds
 * @param vantagePoints the ids of its vantage points, in the order they were chosen
 * @param settings what it was made with
 * @param metric the name of its distance
 * @param indexBytes bytes of the index in memory: spectra, distance rows, coordinates, trees, ids
 * @param spectrumBytes the part of {@code indexBytes} that holds the spectra of the series
 * @param spectra where the spectra are: in memory if all that were needed so far have found room
 *     there, else on the disk
 * @param readOnly whether it is open for reading only there
 * @param version the version of tsdb that serves it
 * @param javaVersion the version of Java that runs it
 * @param formatVersion the version of the stored format
 * @param server the limits and the load of the server that was asked; empty of a database in this
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
   * Adds what a server knows of itself.
   *
   * @param newServer its limits and its load
   * @return a copy with that
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
