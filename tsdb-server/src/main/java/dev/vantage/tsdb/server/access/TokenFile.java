package dev.vantage.tsdb.server.access;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.SecretFile;
import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.dispatch.Authenticator;
import dev.vantage.tsdb.server.dispatch.Grant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Authenticates clients by the tokens in a file, which is read again when it changes. Thread-safe.
 * While the file cannot be used, no client is authenticated.
 *
 * <p>Each line is {@code read TOKEN} or {@code write TOKEN}, optionally followed by a name for the
 * log. Blank lines and lines that begin with {@code #} are ignored. Only the owner of the file and
 * its group may have access to it.
 */
public final class TokenFile implements Authenticator {
  /**
   * The minimum length of a token in characters: random tokens of this length cannot be guessed.
   */
  public static final int SHORTEST_TOKEN = 16;

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final String FORM = "'read TOKEN [NAME]' or 'write TOKEN [NAME]'";

  private final WatchedFiles<List<Entry>> entries;

  private record Entry(AccessToken token, Role role, String name) {}

  private TokenFile(Path file, LongSupplier nanoTime) {
    this.entries =
        new WatchedFiles<>(List.of(file), () -> read(file), "no client is authenticated", nanoTime);
  }

  /**
   * Reads a file of tokens.
   *
   * @param file the file
   * @param nanoTime a clock like {@link System#nanoTime}
   * @return the authenticator
   * @throws InvalidRequestException if the file cannot be read, everybody can read it, a line is
   *     malformed, a token is too short or occurs twice, or there is no token
   */
  public static TokenFile open(Path file, LongSupplier nanoTime) {
    return new TokenFile(file, nanoTime);
  }

  @Override
  public Optional<Grant> admit(Optional<AccessToken> token) {
    return token.flatMap(shown -> find(usable(entries.current()), shown)).map(TokenGrant::new);
  }

  @Override
  public Optional<AccessProblem> problem() {
    return entries.current().problem().map(problem -> AccessProblem.TOKENS);
  }

  /** Returns the tokens in force: none while the file cannot be used. */
  private static List<Entry> usable(WatchedFiles.State<List<Entry>> state) {
    return state.problem().isPresent() ? List.of() : state.value();
  }

  /** Compares with all tokens, so that the time does not reveal a full or partial match. */
  private static Optional<Entry> find(List<Entry> entries, AccessToken shown) {
    Optional<Entry> found = Optional.empty();
    for (Entry entry : entries) {
      boolean same = entry.token().matches(shown);
      found = same ? Optional.of(entry) : found;
    }
    return found;
  }

  private static List<Entry> read(Path file) {
    List<Entry> entries = new ArrayList<>();
    Set<AccessToken> seen = new HashSet<>();
    List<String> lines = SecretFile.read(file).lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (SecretFile.saysSomething(lines.get(i))) {
        String where = ": file=" + file + ", line=" + (i + 1);
        Entry entry = parse(where, entries.size() + 1, BLANKS.split(lines.get(i)));
        if (!seen.add(entry.token())) {
          throw new InvalidRequestException("token must be in the file once" + where);
        }
        entries.add(entry);
      }
    }
    if (entries.isEmpty()) {
      throw new InvalidRequestException("file must have a token, as " + FORM + ": file=" + file);
    }
    return List.copyOf(entries);
  }

  /** Messages name the number of a line but never quote it, since it may contain a secret. */
  private static Entry parse(String where, int number, String[] words) {
    boolean isKnown = words[0].equals(Role.READ.label()) || words[0].equals(Role.WRITE.label());
    if (!isKnown || words.length < 2 || words.length > 3) {
      throw new InvalidRequestException("token must be written " + FORM + where);
    }
    if (words[1].length() < SHORTEST_TOKEN) {
      throw new InvalidRequestException(
          "token must have at least " + SHORTEST_TOKEN + " characters" + where);
    }
    String name = words.length == 3 ? words[2] : "number-" + number;
    if (!NAME.matcher(name).matches()) {
      throw new InvalidRequestException(
          "name of a token must be up to 64 letters, digits or any of . _ @ -" + where);
    }
    return new Entry(AccessToken.of(words[1]), Role.ofLabel(words[0]), name);
  }

  /** The rights of one token. */
  private final class TokenGrant implements Grant {
    private final Entry entry;

    TokenGrant(Entry entry) {
      this.entry = entry;
    }

    @Override
    public Role role() {
      return entry.role();
    }

    @Override
    public String name() {
      return entry.name();
    }

    @Override
    public boolean holds() {
      return find(usable(entries.recent()), entry.token())
          .filter(now -> now.role() == entry.role())
          .isPresent();
    }
  }
}
