package dev.vantage.tsdb;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of changing the attributes of one series of a batch: done or refused. Immutable. */
public final class AttributeOutcome {
  private final String id;
  private final @Nullable RuntimeException failure;

  private AttributeOutcome(String id, @Nullable RuntimeException failure) {
    this.id = Objects.requireNonNull(id, "id");
    this.failure = failure;
  }

  /**
   * The attributes of a series are as asked for, and durable.
   *
   * @param id the id of the series
   * @return the outcome
   */
  public static AttributeOutcome changed(String id) {
    return new AttributeOutcome(id, null);
  }

  /**
   * The changes of a series were refused, or it is unknown whether they are durable.
   *
   * @param id the id of the series
   * @param failure why the changes were refused; an {@link OutcomeUnknownException} if they may be
   *     durable
   * @return the outcome
   */
  public static AttributeOutcome refused(String id, RuntimeException failure) {
    return new AttributeOutcome(id, Objects.requireNonNull(failure, "failure"));
  }

  /** {@return the id of the series} */
  public String id() {
    return id;
  }

  /** {@return why the changes were refused; empty if they are durable} */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributeOutcome outcome
        && id.equals(outcome.id)
        && Objects.equals(failure, outcome.failure);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, failure);
  }

  @Override
  public String toString() {
    return failure == null ? "changed " + id : "refused " + id + ": " + failure.getMessage();
  }
}
