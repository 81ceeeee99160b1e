/** The time warp edit distance. */
@NullMarked
package dev.vantage.tsdb.metric.twe;

import org.jspecify.annotations.NullMarked;
