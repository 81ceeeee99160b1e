package dev.vantage.tsdb.format.table;

import dev.vantage.tsdb.files.OpenFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Finds the texts in a file: unpacks gzip and zip, which are known by their first bytes, and
 * decodes them. Not thread-safe.
 *
 * <p>Contents that cannot be unpacked or decoded are a text whose first or later lines cannot be
 * read. Only the file system makes these methods throw.
 */
public final class TextSources {
  private static final int MARK_BYTES = 4;
  private static final int MOST_NESTED = 3;

  /** The size of the record that ends a zip archive, without and with the longest comment. */
  private static final int END_BYTES = 22;

  private static final int MOST_END_BYTES = END_BYTES + 65_535;

  private static final String WORKBOOK = "[Content_Types].xml";

  private final Charset encoding;
  private final Visitor visitor;

  private TextSources(Charset encoding, Visitor visitor) {
    this.encoding = encoding;
    this.visitor = visitor;
  }

  /** Takes the texts of a file, one after the other. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes one text. Its lines can be read during this call only. */
    void visit(TextSource source) throws IOException;
  }

  /** Returns the name from which ids are made. */
  public static String nameOf(Path file) {
    return SourceName.of(file).idName();
  }

  /**
   * Visits the texts of a file. A directory is refused here: it could be opened, and reading it
   * would fail later, without naming it.
   */
  public static void visit(Path file, Charset encoding, LongConsumer progress, Visitor visitor)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    OpenFiles.check(file);
    try (InputStream in = Files.newInputStream(file)) {
      new TextSources(encoding, visitor)
          .visit(new CountingStream(in, progress), SourceName.of(file), 0);
    }
  }

  /**
   * Visits the texts of a stream, which is not closed.
   *
   * @param file the name of the stream in errors
   * @param name the name from which ids are made, unless the stream is an archive
   */
  public static void visit(
      InputStream in, String file, String name, Charset encoding, LongConsumer progress, Visitor to)
      throws IOException {
    new TextSources(encoding, to)
        .visit(new CountingStream(in, progress), new SourceName(file, name, name, false), 0);
  }

  private void visit(InputStream in, SourceName name, int nested) throws IOException {
    try {
      InputStream bytes = new BufferedInputStream(in);
      byte[] mark = peek(bytes);
      if (nested < MOST_NESTED && begins(mark, 0x1f, 0x8b)) {
        try (UnpackedStream unpacked = UnpackedStream.ofGzip(bytes)) {
          visit(unpacked, name, nested + 1);
        }
      } else if (nested < MOST_NESTED && begins(mark, 'P', 'K', 3, 4)) {
        visitMembers(bytes, name, nested);
      } else {
        visitor.visit(new TextSource(decoded(bytes, mark), name));
      }
    } catch (BadBytesException e) {
      visitor.visit(new TextSource(new FailingStream(e), name));
    }
  }

  private void visitMembers(InputStream bytes, SourceName name, int nested) throws IOException {
    RememberingStream whole = new RememberingStream(bytes, MOST_END_BYTES);
    int files;
    try (ZipInputStream archive = new ZipInputStream(whole)) {
      files = visitMembers(archive, name, nested);
    } catch (MemberException e) {
      return; // The visitor has met the damage.
    }
    checkEnd(whole);
    if (files == 0) {
      throw new BadBytesException("archive must have at least 1 file: files=0");
    }
  }

  /** Visits the files of an archive, and returns how many there are. */
  private int visitMembers(ZipInputStream archive, SourceName name, int nested) throws IOException {
    int files = 0;
    Optional<ZipEntry> entry = nextMember(archive);
    while (entry.isPresent()) {
      String path = entry.get().getName();
      if (path.equals(WORKBOOK)) {
        throw new BadBytesException(
            "file must be text: it looks like a workbook or a document; hint: export it as CSV");
      }
      if (!entry.get().isDirectory() && !isHidden(path)) {
        files++;
        UnpackedStream member = UnpackedStream.ofMember(archive);
        visit(member, name.member(path), nested + 1);
        if (member.isDamaged()) {
          throw new MemberException();
        }
      }
      entry = nextMember(archive);
    }
    return files;
  }

  /** A member is damaged, so that the members behind it cannot be found. */
  private static final class MemberException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Refuses an archive that is cut between its members: Java takes the cut for its end. */
  private static void checkEnd(RememberingStream archive) throws IOException {
    archive.transferTo(OutputStream.nullOutputStream());
    byte[] end = archive.last();
    for (int i = end.length - END_BYTES; i >= 0; i--) {
      if (end[i] == 'P' && end[i + 1] == 'K' && end[i + 2] == 5 && end[i + 3] == 6) {
        return;
      }
    }
    throw UnpackedStream.damaged("zip", new EOFException());
  }

  private static Optional<ZipEntry> nextMember(ZipInputStream archive) throws IOException {
    try {
      return Optional.ofNullable(archive.getNextEntry());
    } catch (EOFException | ZipException e) {
      throw UnpackedStream.damaged("zip", e);
    } catch (IllegalArgumentException e) {
      throw new BadBytesException("archive must name its files in UTF-8: problem=malformed name");
    }
  }

  /** Says whether a file of an archive is one that systems add by themselves. */
  private static boolean isHidden(String path) {
    return path.startsWith("__MACOSX/")
        || path.substring(path.lastIndexOf('/') + 1).startsWith(".");
  }

  /** Returns the text in UTF-8 without its byte order mark, which decides on the encoding. */
  private InputStream decoded(InputStream bytes, byte[] mark) throws IOException {
    if (begins(mark, 0xEF, 0xBB, 0xBF)) {
      bytes.skipNBytes(3);
      return bytes;
    }
    if (begins(mark, 0xFF, 0xFE, 0, 0) || begins(mark, 0, 0, 0xFE, 0xFF)) {
      return new DecodedStream(bytes, Charset.forName("UTF-32"));
    }
    if (begins(mark, 0xFF, 0xFE)) {
      bytes.skipNBytes(2);
      return new DecodedStream(bytes, StandardCharsets.UTF_16LE);
    }
    if (begins(mark, 0xFE, 0xFF)) {
      bytes.skipNBytes(2);
      return new DecodedStream(bytes, StandardCharsets.UTF_16BE);
    }
    if (encoding.equals(StandardCharsets.UTF_8)) {
      return bytes;
    }
    boolean isWide = encoding.name().startsWith("UTF-16") || encoding.name().startsWith("UTF-32");
    if (isWide && isAscii(mark)) {
      throw new BadBytesException(
          "file must have the encoding that is given: encoding="
              + encoding
              + ", found=one byte a character; hint: leave --encoding out");
    }
    return new DecodedStream(bytes, encoding);
  }

  /** Says whether bytes are printable ASCII characters or ends of lines. */
  private static boolean isAscii(byte[] bytes) {
    for (byte one : bytes) {
      if (one < ' ' && "\t\r\n".indexOf(one) < 0) {
        return false;
      }
    }
    return bytes.length > 0;
  }

  private static byte[] peek(InputStream in) throws IOException {
    in.mark(MARK_BYTES);
    byte[] bytes = in.readNBytes(MARK_BYTES);
    in.reset();
    return bytes;
  }

  private static boolean begins(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Contents that cannot be read at all. */
  private static final class FailingStream extends InputStream {
    private final BadBytesException failure;

    FailingStream(BadBytesException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw failure;
    }
  }
}
