package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the texts of programs, which are UTF-8, with or without a byte order mark. */
final class ProgramSource {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private ProgramSource() {}

  static String ofFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InvalidRequestException("script must be a file: file=" + file);
    }
    return text(Files.readAllBytes(file), file.toString());
  }

  static String ofStandardInput() throws IOException {
    return text(System.in.readAllBytes(), "standard input");
  }

  private static String text(byte[] bytes, String name) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidRequestException("program must be valid UTF-8: file=" + name);
    }
  }
}
