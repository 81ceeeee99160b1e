/**
 * Verification of a stored database, also of one too damaged to be opened: every row against its
 * checksum, distances against fresh computations, trees, tables and checkpoint against the rows.
 * {@code DatabaseVerifier} is the entry point; {@code Problems} collects the findings.
 */
@NullMarked
package dev.vantage.tsdb.engine.verify;

import org.jspecify.annotations.NullMarked;
