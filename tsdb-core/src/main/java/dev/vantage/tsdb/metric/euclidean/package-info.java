/** The Euclidean distance. */
@NullMarked
package dev.vantage.tsdb.metric.euclidean;

import org.jspecify.annotations.NullMarked;
