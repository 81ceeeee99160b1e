package dev.vantage.tsdb.server.dispatch;

/** A problem of the token file, the certificate or its key. */
public enum AccessProblem {
  /** The token file cannot be used: no client is authenticated. */
  TOKENS,
  /** The certificate in use has expired: clients refuse to connect. */
  CERTIFICATE_EXPIRED,
  /** The new certificate or key cannot be used: the previous pair stays in use. */
  CERTIFICATE_KEPT;

  /** {@return whether the problem keeps clients out} */
  public boolean keepsClientsOut() {
    return this != CERTIFICATE_KEPT;
  }
}
