/**
 * A whole database as one portable file, which any program can read.
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
 * <p>The series of the vantage points come first, in their order. A series that is evenly spaced
 * has no {@code times}; one that is not folded, no {@code period}; one without attributes, no
 * {@code attributes}; one whose moment was not recorded, no {@code inserted_at}. Attributes are of
 * their declared types, timestamps ISO 8601 in UTC. Numbers read back as the same doubles, bit for
 * bit.
 *
 * <p>The last line has the number of series, the SHA-256 of the text of all lines before it, and
 * that of all bytes of the file before it. It is a member of its own in the gzip file, stored as it
 * is and filled up with spaces to a fixed size, so that it can be found from the end.
 */
package dev.vantage.tsdb.archive;
