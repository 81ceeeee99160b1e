package dev.vantage.tsdb.server.access;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM files. Its messages say how to convert other keys. */
final class PemFiles {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final String PLAIN_KEY = "PRIVATE KEY";
  private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";

  private PemFiles() {}

  /**
   * Reads the certificate of a server and the certificates that lead to its authority, in file
   * order.
   */
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> chain;
    try {
      InputStream in = new ByteArrayInputStream(SecretFile.bytes(file));
      chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (IOException e) {
      throw new InvalidRequestException(
          "certificate must be readable: file=" + file + ", problem=" + problem(e));
    } catch (CertificateException e) {
      throw new InvalidRequestException(
          "certificate must be PEM: file=" + file + ", problem=" + e.getMessage());
    }
    if (chain.isEmpty()) {
      throw new InvalidRequestException(
          "file must have a certificate in PEM: file=" + file + ", certificates=0");
    }
    return chain;
  }

  private static String problem(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }

  /** Reads the private key of a certificate. */
  static PrivateKey key(Path file, X509Certificate certificate) {
    Matcher block = BLOCK.matcher(SecretFile.read(file));
    String kinds = "";
    while (block.find()) {
      if (block.group(1).equals(PLAIN_KEY)) {
        return key(file, block.group(2), certificate.getPublicKey());
      }
      kinds += kinds.isEmpty() ? block.group(1) : ", " + block.group(1);
    }
    throw new InvalidRequestException(
        remedy(kinds) + ": file=" + file + ", found=" + (kinds.isEmpty() ? "no PEM" : kinds));
  }

  private static String remedy(String kinds) {
    if (kinds.contains(ENCRYPTED_KEY)) {
      return "key must have no password; hint: 'openssl pkcs8 -in FILE -out NEW' removes it";
    }
    if (kinds.contains(PLAIN_KEY)) {
      return "key must be PKCS#8; hint: 'openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW' converts it";
    }
    return "file must have a private key in PEM, PKCS#8";
  }

  private static PrivateKey key(Path file, String base64, PublicKey counterpart) {
    PrivateKey key;
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(base64);
      key =
          KeyFactory.getInstance(counterpart.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidRequestException(
          "key must be PKCS#8 and of the certificate's kind: file="
              + file
              + ", kind="
              + counterpart.getAlgorithm());
    }
    if (!belongTogether(key, counterpart)) {
      throw new InvalidRequestException("key must belong to the certificate: file=" + file);
    }
    return key;
  }

  private static boolean belongTogether(PrivateKey key, PublicKey counterpart) {
    String algorithm =
        switch (counterpart.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "DSA" -> "SHA256withDSA";
          default -> counterpart.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(counterpart);
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
