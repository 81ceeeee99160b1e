package dev.vantage.tsdb.server.access;

import java.nio.file.Path;

/**
 * The server's certificate chain and private key. Immutable.
 *
 * @param certificate a PEM file with the certificate of the server, followed by the certificates
 *     that lead to its authority
 * @param key a PEM file with the private key, in PKCS#8 without a password
 */
public record TlsFiles(Path certificate, Path key) {}
