/** The edit distance with real penalty. */
@NullMarked
package dev.vantage.tsdb.metric.erp;

import org.jspecify.annotations.NullMarked;
