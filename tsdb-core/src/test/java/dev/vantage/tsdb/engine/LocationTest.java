package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LocationTest {
  @Test
  void aStringIsAnAddressOrAPath() {
    assertEquals(new Location.Directory(Path.of("a/b")), Location.of("a/b"));
    Location schema = Location.of("postgresql://u:secret@host/d");
    assertEquals(Location.Postgres.class, schema.getClass());
    assertFalse(schema.toString().contains("secret"), schema::toString);
    assertEquals(schema.shown(), Location.of(schema.shown()).shown());
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> Location.of("mysql://u:secret@host/d"));
    assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
  }

  @Test
  void noDatabaseInMemoryIsOpenedTwice() {
    Location memory = new Location.Memory();
    memory.openToWrite(new TreeMap<>()).close();
    assertFalse(memory.exists());
    assertThrows(InvalidLocationException.class, memory::openToRead);
  }
}
