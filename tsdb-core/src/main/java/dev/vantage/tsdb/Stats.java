package dev.vantage.tsdb;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a database. Immutable. */
public final class Stats {
  private final Content content;
  private final Memory memory;
  private final Versions versions;
  private final boolean readOnly;
  private final @Nullable ServerStats server;

  /** What is stored. */
  private record Content(Settings settings, long series, List<String> vantagePoints) {
    Content {
      Objects.requireNonNull(settings, "settings");
      Objects.requireNonNull(vantagePoints, "vantagePoints");
      vantagePoints = List.copyOf(vantagePoints);
    }
  }

  /**
   * The memory of the index. Immutable.
   *
   * @param indexBytes bytes of the index in memory: spectra, distance rows, coordinates, trees, ids
   * @param spectrumBytes the part of {@code indexBytes} that holds the spectra of the series
   * @param spectra {@code MEMORY} if every spectrum needed so far fitted in memory, else {@code
   *     DISK}
   */
  public record Memory(long indexBytes, long spectrumBytes, OpenOptions.Spectra spectra) {
    public Memory {
      Objects.requireNonNull(spectra, "spectra");
    }
  }

  /**
   * The versions of the programs and of the stored format. Immutable.
   *
   * @param tsdb the version of tsdb that serves the database
   * @param java the version of Java that runs it
   * @param format the version of the stored format
   * @param protocol the newest version of the protocol that this version of tsdb serves
   */
  public record Versions(String tsdb, String java, int format, int protocol) {
    /** The newest version of the protocol. */
    public static final int NEWEST_PROTOCOL = 2;

    public Versions {
      Objects.requireNonNull(tsdb, "tsdb");
      Objects.requireNonNull(java, "java");
    }
  }

  private Stats(
      Content content,
      Memory memory,
      Versions versions,
      boolean readOnly,
      @Nullable ServerStats server) {
    this.content = content;
    this.memory = memory;
    this.versions = versions;
    this.readOnly = readOnly;
    this.server = server;
  }

  /**
   * The state of a database in this process that is open for writing.
   *
   * @param settings the settings it was created with
   * @param series the number of series
   * @param vantagePoints the ids of its vantage points, in the order they were chosen
   * @param memory the memory of its index
   * @param versions the versions of the programs and of the stored format
   * @return the state
   */
  public static Stats of(
      Settings settings,
      long series,
      List<String> vantagePoints,
      Memory memory,
      Versions versions) {
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(versions, "versions");
    Content content = new Content(settings, series, vantagePoints);
    return new Stats(content, memory, versions, false, null);
  }

  /**
   * Says that the database is open read-only.
   *
   * @return a copy that says so
   */
  public Stats asReadOnly() {
    return new Stats(content, memory, versions, true, server);
  }

  /**
   * Adds the limits and the load of a server.
   *
   * @param server the limits and the load
   * @return a copy with them
   */
  public Stats withServer(ServerStats server) {
    Objects.requireNonNull(server, "server");
    return new Stats(content, memory, versions, readOnly, server);
  }

  /** {@return the settings that the database was created with, its metric among them} */
  public Settings settings() {
    return content.settings;
  }

  /** {@return the number of series} */
  public long series() {
    return content.series;
  }

  /** {@return the ids of the vantage points, in the order they were chosen; unmodifiable} */
  public List<String> vantagePoints() {
    return content.vantagePoints;
  }

  /** {@return the memory of the index} */
  public Memory memory() {
    return memory;
  }

  /** {@return the versions of the programs and of the stored format} */
  public Versions versions() {
    return versions;
  }

  /** {@return whether the database is open read-only in the process that serves it} */
  public boolean readOnly() {
    return readOnly;
  }

  /**
   * {@return the limits and the load of the server that answered; empty for a database in this
   * process}
   */
  public Optional<ServerStats> server() {
    return Optional.ofNullable(server);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stats stats
        && content.equals(stats.content)
        && memory.equals(stats.memory)
        && versions.equals(stats.versions)
        && readOnly == stats.readOnly
        && Objects.equals(server, stats.server);
  }

  @Override
  public int hashCode() {
    return Objects.hash(content, memory, versions, readOnly, server);
  }

  @Override
  public String toString() {
    return content.series
        + " series"
        + (readOnly ? ", read-only" : "")
        + ", vantage points="
        + content.vantagePoints
        + ", "
        + content.settings
        + ", "
        + memory
        + ", "
        + versions
        + (server == null ? "" : ", " + server);
  }
}
