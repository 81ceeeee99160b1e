/**
 * Threads: the {@link dev.vantage.tsdb.pool.Coprocessor} on which distances are computed, and
 * threads that survive failures of their work ({@link dev.vantage.tsdb.pool.LivingThread}).
 */
@NullMarked
package dev.vantage.tsdb.pool;

import org.jspecify.annotations.NullMarked;
