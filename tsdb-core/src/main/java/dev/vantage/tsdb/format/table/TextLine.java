package dev.vantage.tsdb.format.table;

/**
 * A line of a text. Immutable.
 *
 * @param number its number, from 1
 * @param text its characters without the line end
 */
public record TextLine(long number, String text) {}
