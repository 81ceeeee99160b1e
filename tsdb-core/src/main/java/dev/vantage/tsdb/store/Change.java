package dev.vantage.tsdb.store;

import java.util.List;
import java.util.Optional;

/**
 * One change of the stored data: all of it becomes durable, or nothing.
 *
 * @param removed storage keys of the series to remove, before anything is added
 * @param added series to add, with keys above all that were ever used
 * @param updated new distances of series that stay
 * @param vantagePoints storage keys of all vantage points in their order, where they change
 */
public record Change(
    List<Long> removed,
    List<IndexedSeries> added,
    List<DistanceRow> updated,
    Optional<List<Long>> vantagePoints) {}
