package dev.vantage.tsdb.language;

import dev.vantage.tsdb.InvalidRequestException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The limits, arguments, clock and files of programs. Immutable. */
public final class LanguageOptions {
  /** The standard limits, no timeout, no arguments, the clock of the system, and no files. */
  public static final LanguageOptions DEFAULT =
      new LanguageOptions(
          Map.of(),
          Map.of(),
          Map.of(),
          new Surroundings(Clock.systemUTC(), System::nanoTime, null, null),
          () -> {});

  private final Map<Limit, Long> limits;
  private final Map<Limit, String> hints;
  private final Map<String, Value> arguments;
  private final Surroundings surroundings;
  private final Runnable pause;

  /** The clocks, the longest time of a program, and the files of the host. */
  private record Surroundings(
      Clock clock, LongSupplier nanoTime, @Nullable Duration timeout, @Nullable Files files) {}

  private LanguageOptions(
      Map<Limit, Long> limits,
      Map<Limit, String> hints,
      Map<String, Value> arguments,
      Surroundings surroundings,
      Runnable pause) {
    this.limits = limits;
    this.hints = hints;
    this.arguments = arguments;
    this.surroundings = surroundings;
    this.pause = pause;
  }

  /**
   * Sets a limit.
   *
   * @param limit the limit
   * @param most the largest count that is allowed, at least 0
   * @return a copy with that limit
   * @throws InvalidRequestException if the count is negative
   */
  public LanguageOptions withLimit(Limit limit, long most) {
    Objects.requireNonNull(limit, "limit");
    if (most < 0) {
      throw new InvalidRequestException("limit must be >= 0: " + limit.code() + "=" + most);
    }
    return new LanguageOptions(with(limits, limit, most), hints, arguments, surroundings, pause);
  }

  /**
   * Sets what messages tell the reader to do about a limit, such as {@code --steps N}.
   *
   * @param limit the limit
   * @param hint the option that raises it
   * @return a copy with that hint
   */
  public LanguageOptions withHint(Limit limit, String hint) {
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(hint, "hint");
    return new LanguageOptions(limits, with(hints, limit, hint), arguments, surroundings, pause);
  }

  /**
   * Binds a name for programs. Programs with inputs need not be put together from texts.
   *
   * @param name the name
   * @param value its value
   * @return a copy with that argument
   */
  public LanguageOptions withArgument(String name, Value value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Map<String, Value> copy = new LinkedHashMap<>(arguments);
    copy.put(name, value);
    return new LanguageOptions(
        limits, hints, Collections.unmodifiableMap(copy), surroundings, pause);
  }

  /**
   * Binds a name to an integer.
   *
   * @param name the name
   * @param value its value
   * @return a copy with that argument
   */
  public LanguageOptions withArgument(String name, long value) {
    return withArgument(name, new Value.LongNumber(value));
  }

  /**
   * Binds a name to a double.
   *
   * @param name the name
   * @param value its value, finite
   * @return a copy with that argument
   */
  public LanguageOptions withArgument(String name, double value) {
    return withArgument(name, new Value.DoubleNumber(value));
  }

  /**
   * Binds a name to a text.
   *
   * @param name the name
   * @param value its value
   * @return a copy with that argument
   */
  public LanguageOptions withArgument(String name, String value) {
    Objects.requireNonNull(name, "name");
    return withArgument(name, new Value.Text(Objects.requireNonNull(value, "value")));
  }

  /**
   * Limits the time of a program.
   *
   * @param timeout the longest time, above 0
   * @return a copy with that timeout
   * @throws InvalidRequestException if the timeout is not above 0
   */
  public LanguageOptions withTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new InvalidRequestException("timeout must be > 0: timeout=" + timeout);
    }
    return with(
        new Surroundings(surroundings.clock, surroundings.nanoTime, timeout, surroundings.files));
  }

  /**
   * Sets the clock of the builtin {@code now}.
   *
   * @param clock the clock
   * @return a copy with that clock
   */
  public LanguageOptions withClock(Clock clock) {
    Objects.requireNonNull(clock, "clock");
    return with(
        new Surroundings(clock, surroundings.nanoTime, surroundings.timeout, surroundings.files));
  }

  /**
   * Lets programs read files of the host.
   *
   * @param files reads them
   * @return a copy with these files
   */
  public LanguageOptions withFiles(Files files) {
    Objects.requireNonNull(files, "files");
    return with(
        new Surroundings(surroundings.clock, surroundings.nanoTime, surroundings.timeout, files));
  }

  /**
   * Lets the host make programs wait, so that other work goes first.
   *
   * @param pause called by the thread of the program about every thousand steps
   * @return a copy with that pause
   */
  public LanguageOptions withPause(Runnable pause) {
    Objects.requireNonNull(pause, "pause");
    return new LanguageOptions(limits, hints, arguments, surroundings, pause);
  }

  /** Sets the clock for elapsed time. */
  LanguageOptions withNanoTime(LongSupplier nanoTime) {
    return with(
        new Surroundings(surroundings.clock, nanoTime, surroundings.timeout, surroundings.files));
  }

  private LanguageOptions with(Surroundings newSurroundings) {
    return new LanguageOptions(limits, hints, arguments, newSurroundings, pause);
  }

  private static <T> Map<Limit, T> with(Map<Limit, T> map, Limit limit, T value) {
    Map<Limit, T> copy = new EnumMap<>(Limit.class);
    copy.putAll(map);
    copy.put(limit, value);
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Returns a limit.
   *
   * @param limit the limit
   * @return the largest count that is allowed
   */
  public long limit(Limit limit) {
    Objects.requireNonNull(limit, "limit");
    Long most = limits.get(limit);
    return most == null ? limit.standard() : most;
  }

  /** {@return the limits that were set, in order; unmodifiable} */
  public Map<Limit, Long> limits() {
    return limits;
  }

  /** {@return the arguments by name; unmodifiable} */
  public Map<String, Value> arguments() {
    return arguments;
  }

  /** {@return the longest time of a program, or empty} */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(surroundings.timeout);
  }

  /** Returns the part of a message that says how to raise a limit; empty if unknown. */
  String hint(Limit limit) {
    return hints.containsKey(limit) ? ", hint: " + hints.get(limit) : "";
  }

  Clock clock() {
    return surroundings.clock;
  }

  LongSupplier nanoTime() {
    return surroundings.nanoTime;
  }

  Runnable pause() {
    return pause;
  }

  Optional<Files> files() {
    return Optional.ofNullable(surroundings.files);
  }

  @Override
  public String toString() {
    return "LanguageOptions[limits=" + limits + ", arguments=" + arguments.keySet() + "]";
  }
}
