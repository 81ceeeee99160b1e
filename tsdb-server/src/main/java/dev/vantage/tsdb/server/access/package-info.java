/**
 * Who gets in, and under what cover: {@link dev.vantage.tsdb.server.access.TokenFile tokens} and
 * {@link dev.vantage.tsdb.server.access.TlsProtection TLS}. Both are read from files, which are
 * read again when they change, so that tokens are revoked and certificates renewed without a
 * restart.
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
 *       connections that it had opened end with their next request.
 * </ul>
 *
 * <p><b>What a wrong token teaches.</b> Nothing: not in the answer, which is the same for all, nor
 * in the time it takes. Tokens are compared by their SHA-256, each with all, to the last byte. A
 * connection ends after three wrong ones, or when it has not been let in within the time for a
 * frame; until then its frames must be small. The log has the address of the client and never what
 * it showed.
 */
package dev.vantage.tsdb.server.access;
