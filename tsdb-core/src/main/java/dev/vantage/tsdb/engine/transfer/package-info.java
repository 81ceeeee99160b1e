/**
 * Export and restore: {@code ArchiveExport} writes a database to the portable file, {@code
 * ArchiveImport} makes one from it, and {@code Restore} tells exports from backups.
 */
@NullMarked
package dev.vantage.tsdb.engine.transfer;

import org.jspecify.annotations.NullMarked;
