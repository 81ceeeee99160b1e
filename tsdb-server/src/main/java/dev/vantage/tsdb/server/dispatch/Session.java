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
 * The identity and rights of the client of one connection. Any thread may read it; requests of one
 * session are answered one by one.
 *
 * <p>A client is authenticated once: by a hello with a valid token, or without a hello if the
 * server needs no token. A second hello changes nothing. A few wrong tokens end the session, and so
 * does the removal of its token.
 */
public final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final int WRONG_TOKENS = 3;

  private final String peer;
  private final Authenticator authenticator;
  private volatile Optional<Grant> grant;
  private volatile boolean over;
  private boolean greeted;
  private int wrong;

  /**
   * Starts a session.
   *
   * @param peer the address of the client
   * @param authenticator determines the rights of a token
   */
  public Session(String peer, Authenticator authenticator) {
    this.peer = peer;
    this.authenticator = authenticator;
    this.grant = authenticator.admit(Optional.empty());
  }

  /** {@return the address of the client} */
  public String peer() {
    return peer;
  }

  /** {@return the role of the client} */
  public Role role() {
    Optional<Grant> now = grant;
    return now.isPresent() && now.get().holds() ? now.get().role() : Role.NONE;
  }

  /** {@return whether the connection is to be closed after the answer} */
  public boolean isOver() {
    return over;
  }

  /** Authenticates the client, or throws. */
  Role hello(Optional<AccessToken> token, ClientLines lines) {
    if (greeted) {
      throw new InvalidOperationException(
          Kind.UNSUPPORTED, "hello must come once on a connection: access=" + checkGrant().label());
    }
    Optional<Grant> granted = authenticator.admit(token);
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
          : new UnauthenticatedException("token must be valid: token=" + given);
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

  /** Returns whether the token file cannot be used, so that a refused token may be valid. */
  private boolean cannotCheckTokens() {
    return authenticator.problem().equals(Optional.of(AccessProblem.TOKENS));
  }

  /** Creates the same message for all tokens, so that it reveals nothing about them. */
  private static UnavailableException tokensMustBeChecked() {
    return new UnavailableException(
        "server must be able to check tokens, but its token file cannot be used now: try again"
            + " later");
  }

  /** Throws if the client is not authenticated or may not use the operation. Passes any hello. */
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

  /** {@return the failure of every request of an unauthenticated client, except hello} */
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
      throw new UnauthenticatedException("token must still be valid: token=ended");
    }
    return grant.get().role();
  }
}
