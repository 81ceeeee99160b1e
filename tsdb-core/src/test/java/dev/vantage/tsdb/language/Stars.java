package dev.vantage.tsdb.language;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database of light curves of RR Lyrae stars with the attributes band, type and period. */
public final class Stars {
  private static final int ALL = 1000;

  /** The settings of the database. */
  public static final Settings SETTINGS = Settings.DEFAULT.withMultiplier(1);

  /** Programs and their values. Distances are rounded to 7 digits; other numbers are exact. */
  static final String PROGRAMS =
      """
      (similar "4099_g" :k 3) => ((873466_g 0.0082576 357) (495429_g 0.0095889 678) (4983075_g 0.0105142 494))
      (take 1 (similar "4099_g" :k 5 :where (and (= band "g") (< period 0.6)))) => ((2630747_g 0.0156451 264))
      (:id (last (similar "4099_g" :k 5 :where (and (= band "g") (< period 0.6))))) => 1837162_g
      (count (-> (similar "4099_g" :k 5 :where (= band "g")) (filter (< period 0.6)))) => 0
      (similar "4099_g" :k 3 :where "band = 'g' and type = 'c'") => ((2105056_g 0.0518517 250) (2314306_g 0.0567056 971) (747380_g 0.0589476 198))
      (map (lambda (r) (count (within "4099_g" r :where (= band "g")))) '(0.02 0.01 0.05)) => (11 2 103)
      (select (band (count)) :group-by (band)) => ((g 483) (i 483) (r 483) (u 483) (z 483))
      (select (type (count) (mean period) (min period) (max period)) :where (= band "g") :group-by (type)) => ((ab 379 0.5823979 0.4369114 0.9074966) (c 104 0.3415567 0.2541459 0.4324274))
      (select (id period) :where (= band "g") :order-by ((desc period)) :limit 5) => ((156391_g 0.9074966) (4118254_g 0.8187771) (1781006_g 0.8109036) (1223933_g 0.797848) (114272_g 0.7930042))
      (select (type (count)) :from (similar "4099_g" :k 50 :where (= band "g")) :group-by (type)) => ((ab 50))
      (select (band (count)) :from (similar "4099_g" :k 50) :group-by (band) :order-by ((desc count))) => ((g 24) (u 16) (r 10))
      (map (lambda (b) (distance "4099_g" (text "4099_" b))) '("u" "r" "i" "z")) => ((0.0214362 1018) (0.0290933 6) (0.0552441 20) (0.0993471 21))
      (majority (similar "1928523_g" :k 5 :where (= band "g") :select (type)) :type) => c
      (:type (attributes-of "1928523_g")) => ab
      (vote (similar "747380_g" :k 5 :where (= band "g") :select (type)) :type) => ((ab 3 0.6) (c 2 0.4))
      (define (right? s) (= (:type s) (majority (similar (:id s) :k 5 :where (= band "g") :select (type)) :type))) (count (keep right? (select (id type) :where (= band "g")))) => 468
      (let ((a (similar "4099_g" :k 20 :where (= band "g"))) (b (similar "873466_g" :k 20 :where (= band "g")))) (list (count (intersect a b)) (count (union a b)) (count (except a b)))) => (16 24 4)
      (similar '("4099_g" "13350_g") :k 2 :where (= band "g")) => ((4099_g 873466_g 0.0082576 357) (4099_g 495429_g 0.0095889 678) (13350_g 293282_g 0.0057308 2) (13350_g 3539169_g 0.0060617 314))
      (let ((t (:type (attributes-of "2105056_g")))) (take 1 (similar "2105056_g" :k 5 :where (and (= band "g") (!= type ,t)) :select (type)))) => ((596771_g 0.0326226 543 ab))
      (similar (file "new.csv" :period 0.641754351271) :k 1) => ((4099_g 0.0 0))
      (map (lambda (r) (and (> r 0.98) (< r 1.06))) (column (-> (similar "4099_g" :k 5 :where (= band "g") :select (period)) (extend (ratio (/ period 0.641754351271))) (order-by ratio)) :ratio)) => (true true true true true)
      (= (apply min (column (extend (similar "4099_g") (r (* 2 lag))) :r)) (* 2 330)) => true
      (select ((count)) :from (similar "4099_g" :radius 0.02) :where (= band "g")) => ((11))
      (reduce + 0.0 (map (lambda (d) (/ d 5)) (column (similar "4099_g") :distance))) => 0.0106767
      """;

  private Stars() {}

  /** Opens a database of all stars; a test is skipped if the shared data is absent. */
  public static EmbeddedTsdb open() throws IOException {
    EmbeddedTsdb database = Tsdb.inMemory(SETTINGS, 2);
    database.insertAll(entries());
    return database;
  }

  /** Returns the programs. */
  public static List<String> programs() {
    return PROGRAMS.lines().map(line -> line.split(" => ")[0]).toList();
  }

  /** Reads the stars; a test is skipped if the shared data is absent. */
  public static List<SeriesEntry> entries() throws IOException {
    Map<String, String> types = new HashMap<>();
    for (String line : Files.readAllLines(SharedData.path("rrlyrae/periods.csv"))) {
      String[] fields = line.split(",");
      types.put(fields[0], fields[1]);
    }
    List<SeriesEntry> entries = new ArrayList<>();
    for (SeriesEntry entry : SharedData.lightCurves(ALL)) {
      String star = entry.id().substring(0, entry.id().lastIndexOf('_'));
      entries.add(
          new SeriesEntry(
              entry.id(),
              entry.series(),
              entry
                  .attributes()
                  .with("band", entry.id().substring(star.length() + 1))
                  .with("type", types.get(star))
                  .with("period", entry.series().period().orElseThrow())));
    }
    return entries;
  }
}
