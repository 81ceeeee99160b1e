/**
 * The operations of the protocol, one record each. The record is the request: it reads and writes
 * its fields, and the payload of its response. A new operation is a new record, a line in {@link
 * dev.vantage.tsdb.protocol.op.Op} and in {@code RequestForms}, and a handler.
 *
 * <p>{@link dev.vantage.tsdb.protocol.op.Envelope} reads a request field by field: a series goes
 * directly into arrays, and an unknown field is skipped.
 */
@NullMarked
package dev.vantage.tsdb.protocol.op;

import org.jspecify.annotations.NullMarked;
