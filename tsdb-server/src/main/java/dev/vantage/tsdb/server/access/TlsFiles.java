package dev.vantage.tsdb.server.access;

import java.nio.file.Path;

/**
 * What a server proves by that it is the one it says. Immutable.
 *
 * @param certificate a file of PEM with the certificate of the server, and after it those that lead
 *     to its authority
 * @param key a file of PEM with its private key, in the form PKCS#8, without a password
 */
public record TlsFiles(Path certificate, Path key) {}
