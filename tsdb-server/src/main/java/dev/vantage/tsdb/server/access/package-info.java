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
 *       readable or writable by everybody, too long, not a regular file, or has a malformed line.
 *       Then no client is authenticated, and an authenticated connection ends with its next
 *       request, even if that was already sent or waits in a queue. Clients that send a token get
 *       UNAVAILABLE, whatever the token; the problem is logged every minute, and {@code /ready}
 *       answers 503 with the reason {@code tokens}. As soon as the file is usable, its tokens are
 *       accepted again. An edit in place passes through unusable states; a new file that is renamed
 *       over the old one does not.
 *   <li>If a certificate or key cannot be used, the previous pair stays in use: it grants no
 *       access, and clients check the certificate. The problem is logged, and {@code /ready} has a
 *       warning {@code certificate}. A key that became readable by everybody is such a problem.
 *       Once the certificate in use has expired, clients refuse it, and {@code /ready} answers 503
 *       with the reason {@code certificate}.
 *   <li>Clients read their token and authorities once, when they are created, and fail if a file
 *       cannot be used. PostgreSQL checks the password in {@code PGPASSWORD} or {@code ~/.pgpass},
 *       which its driver reads for each new session.
 * </ul>
 *
 * <p><b>What a hello proves.</b> Only that the client knew a token when it sent the hello. A hello
 * contains no time and no nonce, because a token needs encryption in transit anyway. So an
 * eavesdropper could try to replay a hello. Each kind of replay fails:
 *
 * <ul>
 *   <li>On the same connection: a session is authenticated once. A second hello is refused,
 *       whatever its token, and changes nothing. So an attacker who can insert bytes into a
 *       connection neither gains nor removes access.
 *   <li>On another connection, as bytes: TLS encrypts each connection with its own keys, to which
 *       the server contributes. The same bytes cannot start a second connection: the handshake
 *       fails at the first message that needs a key. The JDK's servers do not offer early data,
 *       which TLS 1.3 would let a client repeat, and a ticket to resume a session is useless
 *       without the keys of that session.
 *   <li>On another connection, as a token, by an attacker who could read the first: TLS prevents
 *       the reading. Clients that are configured for TLS never connect without it, so no attacker
 *       can downgrade them; both sides refuse versions before 1.2. A server that accepts tokens
 *       from other machines without TLS logs a warning when it starts.
 *   <li>After its removal: a token that was removed from the file is refused, and its connections
 *       end with their next request, as described above.
 * </ul>
 *
 * <p><b>What a wrong token reveals.</b> Nothing. The answer is the same for all wrong tokens, and
 * so is its time: the SHA-256 of the token is compared with that of every valid one, to the last
 * byte. A connection ends after three wrong tokens, or when it is not authenticated within the time
 * for a hello or for a frame, whichever is shorter; until then its frames must be small. The log
 * has the address of the client, but never a token.
 */
@NullMarked
package dev.vantage.tsdb.server.access;

import org.jspecify.annotations.NullMarked;
