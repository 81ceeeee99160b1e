/** The Euclidean distance of the best circular shift. */
@NullMarked
package dev.vantage.tsdb.metric.phase;

import org.jspecify.annotations.NullMarked;
