/**
 * Authentication by {@link dev.vantage.tsdb.server.access.TokenFile tokens} and encryption by
 * {@link dev.vantage.tsdb.server.access.TlsProtection TLS}. Both are read from files, which are
 * read again when they change, so that tokens are revoked and certificates renewed without a
 * restart.
 *
 * <p><b>Files that change.</b> The bytes and permissions of the files are checked every half
 * second, with every hello, and before a request if the last check is more than a second ago. So
 * every edit takes effect within a second, whatever times the file system shows: an edit that keeps
 * time and size, a file renamed into place, a symbolic link that was changed.
 *
 * <ul>
 *   <li>A file of tokens that cannot be used fails closed: it is missing, empty, not readable,
 *       everybody's to read or write, too long, not a regular file, or one line of it is malformed.
 *       Then nobody gets in, and a connection that was let in ends with its next request, also one
 *       that was sent ahead or waits in a queue. Clients that show a token get UNAVAILABLE,
 *       whatever the token; the log has the problem again every minute, and {@code /ready} answers
 *       503 with the reason {@code tokens}. Once the file is good, its tokens let clients in again.
 *       An edit in place passes through states that cannot be used; a new file that is renamed over
 *       the old one does not.
 *   <li>A certificate or key that cannot be used leaves the pair before in use: that grants nobody
 *       access, and clients check the certificate. The log has the problem, and {@code /ready} a
 *       warning {@code certificate}. A key that became everybody's to read is such a problem. Once
 *       the certificate in use has expired, clients refuse it, and {@code /ready} answers 503 with
 *       the reason {@code certificate}.
 *   <li>Clients read their token and authorities once, when they are made; a file that cannot be
 *       used ends them. PostgreSQL decides about the password in {@code PGPASSWORD} or {@code
 *       ~/.pgpass}, which its driver reads for each new session.
 * </ul>
 *
 * <p><b>What a hello proves.</b> That the client knew a token when it was sent, and nothing more:
 * it contains no time and no nonce, since a token that is sent needs protection on its way in any
 * case. So an eavesdropper could try to replay a hello. Each kind of replay fails:
 *
 * <ul>
 *   <li>On the same connection: a session is authenticated once. A second hello is refused,
 *       whatever its token, and changes nothing. So an attacker who can insert bytes into a
 *       connection neither gains nor removes access.
 *   <li>On another connection, as bytes: what was sent over TLS is encrypted under keys of that
 *       connection alone, to which the server contributed. The same bytes begin no second one: the
 *       handshake fails at its first message that needs a key. Early data, which TLS 1.3 would let
 *       a client repeat, is not offered by the JDK's servers, and a ticket to resume a session only
 *       serves who has the keys of that session.
 *   <li>On another connection, as a token, by an attacker who could read the first: TLS prevents
 *       the reading. Clients that are told to use TLS never connect without it, so no attacker can
 *       downgrade them; both sides refuse versions before 1.2. A server that accepts tokens from
 *       other machines without TLS logs a warning when it starts.
 *   <li>After its removal: a token that was removed from the file is refused from then on, and its
 *       connections end with their next request, as said above.
 * </ul>
 *
 * <p><b>What a wrong token reveals.</b> Nothing, neither by the answer, which is the same for all
 * wrong tokens, nor by its time: the SHA-256 of the token is compared with that of every valid one,
 * to the last byte. A connection ends after three wrong tokens, or when it is not authenticated
 * within the time for a hello or for a frame, whichever is shorter; until then its frames must be
 * small. The log has the address of the client, but never a token.
 */
package dev.vantage.tsdb.server.access;
