/**
 * Distances that align samples by steps of a table: {@link
 * dev.vantage.tsdb.metric.elastic.ElasticMetric} makes a metric of an {@link
 * dev.vantage.tsdb.metric.elastic.ElasticDistance}, and {@link
 * dev.vantage.tsdb.metric.elastic.Alignment} finds the steps.
 *
 * <p>Tables are filled row by row. A cell above the limit of a search leads to no distance within
 * the limit, because no step costs less than 0; so each row begins at the first cell within the
 * limit of the row before and ends behind the last one, and the table ends with a row that has none
 * (Herrmann, Webb, "Early abandoning and pruning for elastic distances including dynamic time
 * warping", 2021, doi:10.1007/s10618-021-00782-4). Adding a number that is not negative never makes
 * a double less, so this holds for rounded sums, too.
 */
@NullMarked
package dev.vantage.tsdb.metric.elastic;

import org.jspecify.annotations.NullMarked;
