/**
 * Exports: a whole database as one portable file that other programs can read.
 *
 * <p><b>The file.</b> JSON, one value a line, in UTF-8, compressed by gzip ({@code zcat} shows it):
 *
 * <pre>{@code
 * {"format":"tsdb-export","version":1}
 * {"settings":{"metric.name":"kernelised-cross-correlation","seed":"0", ...}}
 * {"attribute_types":{"amplitude":"double","seen":"timestamp", ...}}
 * {"vantage_points":["4099_g", ...]}
 * {"id":"4099_g","inserted_at":"2026-11-21T12:00:00Z","attributes":{...},"period":0.6,"times":[...],"values":[...]}
 * ...
 * {"series":1000,"sha256":"...","file_sha256":"..."}
 * }</pre>
 *
 * <p>The series of the vantage points come first, in their order. An evenly spaced series has no
 * {@code times}, an unfolded series no {@code period}, a series without attributes no {@code
 * attributes}, and a series without a recorded insertion time no {@code inserted_at}. Attribute
 * values have their declared types; timestamps are ISO 8601 in UTC. Numbers read back as the same
 * doubles, bit for bit.
 *
 * <p>The last line has the number of series, the SHA-256 of the text of all lines before it, and
 * the SHA-256 of all bytes of the file before it. The last line is a gzip member of its own, stored
 * uncompressed and padded with spaces to a fixed length, so that it can be found from the end of
 * the file.
 */
@NullMarked
package dev.vantage.tsdb.archive;

import org.jspecify.annotations.NullMarked;
