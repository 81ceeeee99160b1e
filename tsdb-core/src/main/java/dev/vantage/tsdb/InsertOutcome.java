package dev.vantage.tsdb;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of writing one series of a batch: inserted, replaced, or refused. Immutable. */
public final class InsertOutcome {
  private final String id;
  private final boolean created;
  private final @Nullable RuntimeException failure;

  private InsertOutcome(String id, boolean created, @Nullable RuntimeException failure) {
    this.id = Objects.requireNonNull(id, "id");
    this.created = created;
    this.failure = failure;
  }

  /**
   * A series with a new id is durable.
   *
   * @param id the id of the series
   * @return the outcome
   */
  public static InsertOutcome inserted(String id) {
    return new InsertOutcome(id, true, null);
  }

  /**
   * A series is durable, in place of another with its id.
   *
   * @param id the id of the series
   * @return the outcome
   */
  public static InsertOutcome replaced(String id) {
    return new InsertOutcome(id, false, null);
  }

  /**
   * A series was refused, or it is unknown whether it is durable.
   *
   * @param id the id of the series
   * @param failure why the series was refused; an {@link OutcomeUnknownException} if it may be
   *     durable
   * @return the outcome
   */
  public static InsertOutcome refused(String id, RuntimeException failure) {
    return new InsertOutcome(id, false, Objects.requireNonNull(failure, "failure"));
  }

  /** {@return the id of the series} */
  public String id() {
    return id;
  }

  /** {@return whether the id is new; false if the series replaced another or was refused} */
  public boolean created() {
    return created;
  }

  /** {@return why the series was refused; empty if the series is durable} */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InsertOutcome outcome
        && id.equals(outcome.id)
        && created == outcome.created
        && Objects.equals(failure, outcome.failure);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, created, failure);
  }

  @Override
  public String toString() {
    if (failure != null) {
      return "refused " + id + ": " + failure.getMessage();
    }
    return (created ? "inserted " : "replaced ") + id;
  }
}
