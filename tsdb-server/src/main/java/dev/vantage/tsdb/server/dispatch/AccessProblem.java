package dev.vantage.tsdb.server.dispatch;

/** What is wrong with the files that decide who gets in. */
public enum AccessProblem {
  /** The file of tokens cannot be used: nobody gets in. */
  TOKENS,
  /** The certificate in use has expired: clients that check it do not connect. */
  CERTIFICATE_EXPIRED,
  /** The certificate or its key changed and cannot be used: the pair before is still in use. */
  CERTIFICATE_KEPT;

  /** {@return whether clients are kept out} */
  public boolean keepsClientsOut() {
    return this != CERTIFICATE_KEPT;
  }
}
