/**
 * The operations of the protocol, one file each: a record that is the request, with its fields read
 * and written, and with its payload, written by the server and read by the client. A new operation
 * is a new file, a line in {@link dev.vantage.tsdb.protocol.op.Op} and in {@code RequestForms}, and
 * a handler.
 *
 * <p>{@link dev.vantage.tsdb.protocol.op.Envelope} reads a request field by field: a series goes
 * straight into arrays, and a field that no operation has is passed over.
 */
package dev.vantage.tsdb.protocol.op;
