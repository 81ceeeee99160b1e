package dev.vantage.tsdb;

import java.util.Optional;

/**
 * What became of one series of a batch.
 *
 * @param id the id of the series
 * @param created whether the id is new; false where it was replaced or refused
 * @param failure why it was refused, or empty: then the series is durable
 */
public record InsertOutcome(String id, boolean created, Optional<RuntimeException> failure) {}
