package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesDirectoryTest {

  @Test
  void equalsAMapThroughAnyHistory() {
    Random random = Seeds.random("directory");
    for (int round = 0; round < 40; round++) {
      SeriesDirectory directory = new SeriesDirectory();
      Map<String, Integer> linked = new HashMap<>();
      List<String> ids = new ArrayList<>();
      int idSpace = 1 + random.nextInt(3000);
      for (int step = 0; step < 2000; step++) {
        String id = id(random.nextInt(idSpace));
        Integer old = linked.remove(id);
        if (old != null) {
          directory.unlink(old);
        }
        if (old == null || random.nextBoolean()) {
          int ordinal = ids.size();
          ids.add(id);
          directory.set(ordinal, id, 7L * ordinal);
          directory.link(ordinal);
          linked.put(id, ordinal);
        }
        String asked = id(random.nextInt(idSpace));
        assertEquals(linked.getOrDefault(asked, -1), directory.find(asked), asked);
      }
      for (int i = 0; i < idSpace; i++) {
        assertEquals(linked.getOrDefault(id(i), -1), directory.find(id(i)));
      }
      for (int ordinal = 0; ordinal < ids.size(); ordinal++) {
        assertEquals(ids.get(ordinal), directory.id(ordinal));
        assertEquals(7L * ordinal, directory.key(ordinal));
      }
      assertTrue(directory.bytes() > 0);
    }
  }

  /** Every fourth id is long; the first 1024 have one hash, being made of "Aa" and "BB". */
  private static String id(int number) {
    if (number < 1024) {
      StringBuilder id = new StringBuilder();
      for (int bit = 0; bit < 10; bit++) {
        id.append((number >> bit & 1) == 0 ? "Aa" : "BB");
      }
      return id.toString();
    }
    return number % 4 == 0 ? "é".repeat(100) + number : "id-" + number;
  }

  @Test
  void unlinkedIdsOfOneHashStayFindable() {
    SeriesDirectory directory = new SeriesDirectory();
    for (int i = 0; i < 200; i++) {
      directory.set(i, id(i), i);
      directory.link(i);
    }
    for (int removed = 0; removed < 200; removed += 3) {
      directory.unlink(removed);
    }
    for (int i = 0; i < 200; i++) {
      assertEquals(i % 3 == 0 ? -1 : i, directory.find(id(i)));
    }
  }

  @Test
  void comparesIdsAsTheirOrderDoes() {
    Random random = Seeds.random("order in the directory");
    int[] codePoints = {' ', 'z', 0x7F0, 0xE9, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600};
    SeriesDirectory directory = new SeriesDirectory();
    List<String> ids = new ArrayList<>();
    for (int ordinal = 0; ordinal < 300; ordinal++) {
      StringBuilder id = new StringBuilder();
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        id.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
      }
      ids.add(ordinal == 0 ? "x".repeat(250) : ordinal == 1 ? "x".repeat(249) : id.toString());
      directory.set(ordinal, ids.get(ordinal), 0);
    }
    for (int a = 0; a < ids.size(); a++) {
      for (int b = 0; b < ids.size(); b++) {
        assertEquals(
            Integer.signum(SeriesIds.ORDER.compare(ids.get(a), ids.get(b))),
            Integer.signum(directory.compareIds(a, b)),
            ids.get(a) + " " + ids.get(b));
      }
    }
  }
}
