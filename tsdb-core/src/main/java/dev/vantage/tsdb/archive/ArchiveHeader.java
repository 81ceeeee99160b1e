package dev.vantage.tsdb.archive;

import dev.vantage.tsdb.series.AttributeTypes;
import java.util.List;
import java.util.SortedMap;

/**
 * The header of an export, which precedes the series. Immutable.
 *
 * @param settings the settings of the database, by name
 * @param attributeTypes the types of the declared attributes, by name
 * @param vantagePoints the ids of the vantage points, in their order
 */
public record ArchiveHeader(
    SortedMap<String, String> settings,
    AttributeTypes attributeTypes,
    List<String> vantagePoints) {}
