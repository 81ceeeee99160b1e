package dev.vantage.tsdb;

import java.util.Optional;

/**
 * The result of writing one series of a batch. Immutable.
 *
 * @param id the id of the series
 * @param created whether the id is new; false if the series replaced another or was refused
 * @param failure why the series was refused; empty if the series is durable
 */
public record InsertOutcome(String id, boolean created, Optional<RuntimeException> failure) {}
