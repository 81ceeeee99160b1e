package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.op.Op;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is on the other side of a connection, for as long as it lasts. Any thread may read it;
 * requests of one session are answered one by one.
 *
 * <p>A client is let in once: by a hello with a right token, or without one where none is needed. A
 * second hello changes nothing, and a few wrong ones end the session, as does the end of its token.
 */
public final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final int WRONG_TOKENS = 3;

  private final String peer;
  private final Authenticator doorkeeper;
  private volatile Optional<Grant> grant;
  private volatile boolean over;
  private boolean greeted;
  private int wrong;

  /**
   * Begins to know a client.
   *
   * @param peer the address of the client
   * @param doorkeeper says who may do what
   */
  public Session(String peer, Authenticator doorkeeper) {
    this.peer = peer;
    this.doorkeeper = doorkeeper;
    this.grant = doorkeeper.admit(Optional.empty());
  }

  /** {@return the address of the client} */
  public String peer() {
    return peer;
  }

  /** {@return what the client may ask for} */
  public Role role() {
    Optional<Grant> now = grant;
    return now.isPresent() && now.get().holds() ? now.get().role() : Role.NONE;
  }

  /** {@return whether the connection is to be closed after the answer} */
  public boolean isOver() {
    return over;
  }

  /** Lets the client in, or throws. */
  Role hello(Optional<AccessToken> token, ClientLines lines) {
    if (greeted) {
      throw new InvalidOperationException(
          Kind.UNSUPPORTED, "hello must come once on a connection: access=" + checkGrant().label());
    }
    Optional<Grant> granted = doorkeeper.admit(token);
    if (granted.isEmpty()) {
      wrong++;
      over = wrong >= WRONG_TOKENS;
      boolean isUnchecked = token.isPresent() && cannotCheckTokens();
      String given = isUnchecked ? "unchecked" : token.isPresent() ? "wrong" : "none";
      lines
          .of(peer, LOG.atWarn())
          .ifPresent(
              line ->
                  line.addKeyValue("token", given).addKeyValue("try", wrong).log("hello refused"));
      throw isUnchecked
          ? tokensMustBeChecked()
          : new UnauthenticatedException("token must be one that the server takes: token=" + given);
    }
    greeted = true;
    grant = granted;
    Role role = granted.get().role();
    LOG.atInfo()
        .addKeyValue("peer", peer)
        .addKeyValue("token", granted.get().name())
        .addKeyValue("access", role.label())
        .log("hello accepted");
    return role;
  }

  /** Whether nobody gets in, so that a token that is refused may be a right one. */
  private boolean cannotCheckTokens() {
    return doorkeeper.problem().equals(Optional.of(AccessProblem.TOKENS));
  }

  /** Says the same whatever the token is. */
  private static UnavailableException tokensMustBeChecked() {
    return new UnavailableException(
        "server must be able to check tokens, but its token file cannot be used now: try again"
            + " later");
  }

  /** Throws if the client may not ask for anything, or not for this. A hello always may come. */
  Role check(Optional<Op> op) {
    if (op.equals(Optional.of(Op.HELLO))) {
      return role();
    }
    Role role = checkGrant();
    if (op.isPresent() && !op.get().isAllowed(role)) {
      throw new ReadOnlyException(
          "token must allow writing: op=" + op.get().label() + ", access=" + role.label());
    }
    return role;
  }

  /** {@return what answers a client that was not let in yet, whatever it asks} */
  public static UnauthenticatedException helloMustComeFirst() {
    return new UnauthenticatedException("hello with a token must come first");
  }

  private Role checkGrant() {
    if (grant.isEmpty()) {
      throw helloMustComeFirst();
    }
    if (!grant.get().holds()) {
      over = true;
      LOG.atWarn()
          .addKeyValue("peer", peer)
          .addKeyValue("token", grant.get().name())
          .log("token ended");
      if (cannotCheckTokens()) {
        throw tokensMustBeChecked();
      }
      throw new UnauthenticatedException(
          "token must be one that the server still takes: token=ended");
    }
    return grant.get().role();
  }
}
