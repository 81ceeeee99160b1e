package dev.vantage.tsdb.search;

/**
 * What a search may see: which ordinals are live, and the tables that hold their rows. A search
 * that holds a state is not touched by later writes. Immutable, though the tables behind it grow.
 *
 * @param live the live ordinals
 * @param directory ids and storage keys
 * @param rows the prepared series
 * @param vantage the vantage points and what depends on them
 */
record IndexState(LiveSet live, Directory directory, DoubleRows rows, VantageTable vantage) {}
