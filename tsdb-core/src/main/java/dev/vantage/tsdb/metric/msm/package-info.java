/** The distance of moves, splits and merges. */
@NullMarked
package dev.vantage.tsdb.metric.msm;

import org.jspecify.annotations.NullMarked;
