/**
 * Who gets in, and under what cover: {@link dev.vantage.tsdb.server.access.TokenFile tokens} and
 * {@link dev.vantage.tsdb.server.access.TlsProtection TLS}. Both are read from files, which are
 * read again when they change, so that tokens are revoked and certificates renewed without a
 * restart.
 *
 * <p><b>Files that change.</b> The bytes and permissions of the files are looked at every half
 * second, with every hello, and before a request if nobody looked within the last second. So every
 * edit counts within a second, whatever times the file system shows: one that keeps time and size,
 * a file renamed into place, a symbolic link that was turned.
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
 * it has no time and no nonce in it, since a secret that is shown has to be protected on its way in
 * any case. So what is said once could be said again by whoever overheard it, and this is where
 * each way of doing that ends:
 *
 * <ul>
 *   <li>On the same connection: a session is let in once. A second hello is refused, whatever its
 *       token, and changes nothing; so nobody who can add to a connection gains access by it, or
 *       takes some away.
 *   <li>On another connection, as bytes: what was sent over TLS is encrypted under keys of that
 *       connection alone, to which the server contributed. The same bytes begin no second one: the
 *       handshake fails at its first message that needs a key. Early data, which TLS 1.3 would let
 *       a client repeat, is not offered by the JDK's servers, and a ticket to resume a session only
 *       serves who has the keys of that session.
 *   <li>On another connection, as a token, by one who could read the first: TLS is what prevents
 *       the reading. Clients that are told to use it never speak without, so nobody between can
 *       make them; versions before 1.2 are refused by both sides. A server that takes tokens from
 *       other machines without TLS says so when it starts.
 *   <li>After its time: a token that was taken out of the file opens nothing from then on, and
 *       connections that it had opened end with their next request, as said above.
 * </ul>
 *
 * <p><b>What a wrong token teaches.</b> Nothing: not in the answer, which is the same for all, nor
 * in the time it takes. Tokens are compared by their SHA-256, each with all, to the last byte. A
 * connection ends after three wrong ones, or when it has not been let in within the time for a
 * frame; until then its frames must be small. The log has the address of the client and never what
 * it showed.
 */
package dev.vantage.tsdb.server.access;
