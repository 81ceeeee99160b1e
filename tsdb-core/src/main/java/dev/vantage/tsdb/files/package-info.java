/**
 * Creates files atomically: each is written under an unguessable random name, then moved to its own
 * name in one step. No reader ever sees a partial file. {@link dev.vantage.tsdb.files.NewFile} is
 * written by this project, {@link dev.vantage.tsdb.files.PartialDirectory} holds a file that
 * another library writes, and {@link dev.vantage.tsdb.files.FileChecks} examines names. Uses no
 * other package.
 */
@NullMarked
package dev.vantage.tsdb.files;

import org.jspecify.annotations.NullMarked;
