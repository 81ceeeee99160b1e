/** Dynamic time warping, which is no metric. */
@NullMarked
package dev.vantage.tsdb.metric.dtw;

import org.jspecify.annotations.NullMarked;
