package dev.vantage.tsdb.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two certificate authorities, and certificates signed by the first, created by keytool in a
 * directory, as PEM.
 */
public final class Certificates {
  private static final char[] PASSWORD = "only for tests".toCharArray();
  private static final Base64.Encoder MIME =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path directory;
  private final KeyStore store;

  private Certificates(Path directory, KeyStore store) {
    this.directory = directory;
    this.store = store;
  }

  /** Creates the certificates; takes some seconds. */
  public static Certificates make(Path directory) throws IOException, GeneralSecurityException {
    Path file = directory.resolve("all.p12");
    String authority = "-ext,bc:c=ca:true,-validity,3650";
    String local = "-ext,san=dns:localhost\\,ip:127.0.0.1,-signer,authority";
    generate(file, "authority", "EC", authority);
    generate(file, "stranger", "EC", authority);
    generate(file, "server", "EC", local);
    generate(file, "renewed", "RSA", local);
    generate(file, "expired", "EC", local + ",-startdate,-3d,-validity,1");
    generate(file, "elsewhere", "EC", "-ext,san=dns:elsewhere.example,-signer,authority");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new Certificates(directory, store);
  }

  private static void generate(Path file, String name, String kind, String more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", kind));
    command.addAll(List.of("-dname", "CN=" + name, "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
    for (String word : more.split("(?<!\\\\),")) {
      command.add(word.replace("\\,", ","));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError("keytool must make a certificate: " + said);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("test was interrupted", e);
    }
  }

  /** Returns a file with the certificate and its chain. */
  public Path chain(String name) {
    try {
      StringBuilder text = new StringBuilder("words before it\n");
      for (Certificate certificate : store.getCertificateChain(name)) {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      return Files.writeString(directory.resolve(name + "-cert.pem"), text);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError("certificate must be there: " + name, e);
    }
  }

  /** Returns a file with the private key, readable only by its owner. */
  public Path key(String name) {
    try {
      byte[] encoded = store.getKey(name, PASSWORD).getEncoded();
      return secret(directory.resolve(name + "-key.pem"), pem("PRIVATE KEY", encoded));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError("key must be there: " + name, e);
    }
  }

  /** Writes a file that only its owner can read. */
  public static Path secret(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return Files.writeString(file, text);
  }

  private static String pem(String kind, byte[] encoded) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(kind, MIME.encodeToString(encoded), kind);
  }
}
