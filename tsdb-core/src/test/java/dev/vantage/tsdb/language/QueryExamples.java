package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.ValueJson;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Programs over a few series, for databases of every kind. */
public final class QueryExamples {
  /** The settings of a database for the examples. */
  public static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withVantagePoints(3);

  private static final int SERIES = 30;

  /** Programs and their values, or the code, column and hint of their failure. */
  private static final String EXAMPLES =
      """
      (count (similar "s01")) => 5
      (names (similar "s01" :select (band |odd name|))) => (:id :distance :lag :band :|odd name|)
      (:id (first (similar "s01" :k 1 :include-self true))) => "s01"
      (count (similar "s01" :radius 1000)) => 29
      (count (similar "s01" :radius 1000 :k 7)) => 7
      (= (within "s01" 0.5) (similar "s01" :radius 0.5)) => true
      (names (similar (list "s01" "s02") :k 1)) => (:query :id :distance :lag)
      (column (similar (list "s01" (series "s02")) :k 1) :query) => ("s01" "1")
      (count (similar (select (id) :where (= band "g")) :k 2)) => 20
      (count (similar '() :k 2)) => 0
      (similar 5) => type 10
      (similar "s01" :k 1.5) => type 19
      (similar "s01" :k 1 :k 2) => call/option 21
      (similar "s01" :radius -1) => database/request 24
      (similar "s01" :k) => call/option 16
      (similar "s01" "s02") => syntax/token 16
      (similar "s01" :select (nope)) => condition/name 25
      (similar "s01" :select (ban)) => condition/name 25 band
      (distance "s01" "s01") => {:distance 0.0 :lag 0}
      (= (:distance (distance "s01" (series "s02"))) (:distance (distance "s01" "s02"))) => true
      (distance (series "s01") (series "s02")) => value/series 1
      (distance "s01" "nobody") => database/key 17
      (count (select (id) :where (= band "g"))) => 10
      (count (select (id) :where (= band "g") :limit 3)) => 3
      (count (select (band (count)) :group-by (band))) => 3
      (count (select (nope))) => condition/name 17
      (select ((count) (count n) (count-distinct band) (sum n) (as m (mean n)) (median n) (std n) (majority band)) :where (< n 4)) => count count_n count_distinct_band sum_n m median_n std_n majority_band / 4 4 3 6 1.5 1.5 1.118033988749895 g
      (select (band (max n)) :group-by (band) :order-by ((desc max_n))) => band max_n / r 29 / i 28 / g 27
      (select (id) :from (select (id n) :where (< n 2)) :order-by ((desc id))) => id / s01 / s00
      (select ((as x n) id) :from (select * :limit 30) :where (> n 27)) => x id / 28 s28 / 29 s29
      (select (n) :limit 0) => database/request 20
      (select (n) :limit 1000001) => limit/rows 20
      (select n) => select/columns 9
      (select (id (mean))) => select/columns 13
      (select ((medin n))) => select/columns 10 median
      (select (id (count))) => select/grouping 10
      (select (id id)) => select/columns 13
      (select (band n (count)) :group-by (band)) => select/grouping 15
      (select (band) :group-by (band band)) => select/grouping 32
      (select (id) :order-by (n)) => select/order 25
      (select (id n) :order-by (n id n)) => select/order 32
      (select ((mean band))) => type 16
      (select (band (count) (sum band)) :group-by (band)) => type 28
      (select (band) :from 5) => type 22
      (select (bnd) :from (similar "s01")) => condition/name 10
      (take 2 (select (id))) => id / s00 / s01
      (take 0 (select (id))) => id
      (first (select (id n) :order-by ((desc n)))) => {:id "s29" :n 29}
      (first (select (id) :where (= band "x"))) => nil
      (list (empty? (select (id))) (empty? (select (id) :where (= n 100)))) => (false true)
      (filter (select (id n)) (between n 3 4)) => id n / s03 3 / s04 4
      (let ((lo 27)) (filter (select (id n)) (< ,lo n))) => id n / s28 28 / s29 29
      (filter (select (id n)) (< x 1)) => condition/name 28
      (filter (similar "s01") (= bnd 1)) => condition/name 28 band
      (filter (select (id n)) (= id 1)) => condition/type 31
      (filter (select (id n)) "n < 1") => id n / s00 0
      (filter (rename (select (id n) :limit 1) :n :id2) (in id2 ())) => id id2
      (count (filter (select (id)) true)) => 30
      (count (filter (select (id)) (not true))) => 0
      (count (filter (table (list (record :a 1) (record :a nil))) (not (nil? a)))) => 1
      (filter '(1) (= a 1)) => type 9
      (order-by (take 3 (select (id n))) (desc n)) => id n / s02 2 / s01 1 / s00 0
      (order-by (table (list (record :a nil :b 1) (record :a 2 :b 2) (record :a 2 :b 3) (record :a 1 :b 4))) (desc a)) => a b / 2 2 / 2 3 / 1 4 / nil 1
      (order-by (select (id n)) m) => select/order 27
      (extend (take 2 (select (id n))) (double (* 2 n)) (more (+ double 1))) => id n double more / s00 0 0 1 / s01 1 2 3
      (let ((n 5) (k 7)) (extend (take 1 (select (id n))) (x (+ n k)))) => id n x / s00 0 7
      (extend (take 2 (select (id n))) (x (if (= n 0) 1 "a"))) => value/column 37
      (extend (take 1 (select (id))) (x (map (lambda (id) id) (list id)))) => value/column 35
      (extend (take 1 (select (id n))) (n (* 10 (+ 1 n)))) => id n / s00 10
      (column (take 2 (extend (similar "s01" :k 3 :where (= band "g")) (both (text id band)))) :band) => ("g" "g")
      (names (filter (take 3 (similar "s01" :k 6)) (= band "g"))) => (:id :distance :lag :band)
      (names (filter (keep (lambda (r) (> (:distance r) 0)) (drop 1 (similar "s01" :k 6))) (= band "g"))) => (:id :distance :lag :band)
      (names (extend (sort-by :id (reverse (take 3 (similar "s01" :k 6)))) (m (* 2 n)))) => (:id :distance :lag :n :m)
      (= (filter (take 3 (similar "s01" :k 6)) (= band "g")) (filter (take 3 (similar "s01" :k 6 :select (band))) (= band "g"))) => true
      (aggregate (table (list (record :v 1e308) (record :v 1e308) (record :v -1e308))) (:group) (:c sum :v)) => c / 1.0E308
      (count (let ((t (similar "s01" :k 9))) (filter t (< distance 1000)))) => 9
      (aggregate (select (band n)) (:group :band) (:count count) (:last max :n)) => band count last / g 10 27 / i 10 28 / r 10 29
      (aggregate (select (band n)) (:group) (:n count)) => n / 30
      (aggregate (select (band n)) (:group :band) (:c count) (:s sum :band)) => type 64
      (aggregate (select (band n)) (:n count)) => syntax/token 30
      (aggregate (select (band n)) (:group :band) (:n mean)) => syntax/token 45
      (table (list (record :a 1 :b "x") (record :c 2.5))) => a b c / 1 x nil / nil nil 2.5
      (table (list (record :a 1) (record :a "x"))) => value/column 8
      (table '(1)) => type 8
      (column (table (list (record :a 1) (record :a 2))) :a) => (1 2)
      (column (table (list (record :ab 1))) :abc) => value/name 39 :ab
      (rename (table (list (record :a 1))) :a :b) => b / 1
      (rename (table (list (record :a 1 :b 2))) :a :b) => value/column 9
      (union (table (list (record :id 1 :x 1))) (table (list (record :id 1 :x 2) (record :id 2 :x 3)))) => id x / 1 1 / 2 3
      (intersect (take 3 (select (id))) (select (id n) :where (> n 1))) => id / s02
      (except (take 3 (select (id))) (select (id n) :where (> n 1))) => id / s00 / s01
      (union (select (id)) (select (id n))) => value/column 22
      (union (select (n))) => value/name 8
      (join (take 2 (select (id n))) (select (id n band))) => id n n_2 band / s00 0 0 g / s01 1 1 i
      (join (take 2 (select (id n))) (select (id) :where (= n 1)) :left true) => id n / s00 0 / s01 1
      (join (table (list (record :a 1) (record :a 2))) (table (list (record :a 1.0 :b 5))) :on :a :left true) => a b / 1 5 / 2 nil
      (list (majority (table (list (record :a "x") (record :a "y") (record :a nil))) :a) (majority (table '()) :a)) => value/name 106
      (majority (table (list (record :a "y") (record :a "x"))) :a) => "y"
      (vote (table (list (record :a "x" :distance 1.0) (record :a "y" :distance 0.0) (record :a "x" :distance 1.0))) :a :weight :none) => value votes share / x 2 0.6666666666666666 / y 1 0.3333333333333333
      (:value (first (vote (table (list (record :a "x" :distance 1.0) (record :a "y" :distance 0.0) (record :a "x" :distance 1.0))) :a :weight :inverse))) => "y"
      (series "s01") => #<series s01, 64 points>
      (list (count (values "s01")) (first (times "s01")) (period "s01") (attributes-of (series "s01"))) => (64 0.0 nil {:band "i" :n 1 :|odd name| true})
      (make-series '(1 2 3) :times '(1 2 4) :period 3 :id "x") => #<series x, 3 points, period 3.0>
      (make-series '(1 1)) => value/series 14
      (make-series '(1 "a")) => type 14
      (count (curve "s01")) => 512
      (= (curve "s01" :points 64) (curve (series "s01") :points 64)) => false
      (list (names (curve "s01" :points 2 :lag 3)) (count (curve "s01" :points 8 :raw true))) => ((:phase :value) 8)
      (= (map round (column (curve "s01" :points 64 :raw true) :value)) (map round (values "s01"))) => true
      (curve "s01" :points 1) => value/index 8
      (file "a") => host/no-files 7
      (filter (attributes) (not built_in)) => name type built_in / band text false / n long false / odd name boolean false
      (:series (stats)) => 30
      (list (plot "s01" (curve "s02") :title "t" :invert true) (overlay "s01" (similar "s01")) (histogram (select (n)) :n) (scatter (select (n length band)) :n :length :color :band)) => (#<plot> #<plot> #<plot> #<plot>)
      (apply plot (map (lambda (i) "s01") (range 21))) => limit/plot 1
      (histogram (select (band)) :band) => value/column 28
      (explain (+ 1 2)) => step operation where rows detail
      """;

  private QueryExamples() {}

  static Stream<String> examples() {
    return EXAMPLES.lines();
  }

  /** Inserts the series of the examples. */
  public static void insert(Tsdb database) {
    Random random = new Random(7);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      double[] values = random.doubles(64).map(one -> 100 * one).toArray();
      Attributes attributes =
          Attributes.none()
              .with("band", List.of("g", "i", "r").get(i % 3))
              .with("n", i)
              .with("odd name", i % 2 == 1);
      entries.add(
          new SeriesEntry(String.format("s%02d", i), TimeSeries.ofValues(values), attributes));
    }
    database.insertAll(entries);
  }

  /** Returns what each example gives as JSON: its value, or its failure. */
  public static List<String> answers(Function<String, Value> run) {
    return examples()
        .map(line -> line.split(" => ")[0])
        .map(program -> program + " => " + answer(run, program))
        .toList();
  }

  private static String answer(Function<String, Value> run, String program) {
    try {
      return ValueJson.payload(run.apply(program)).toTree().toString();
    } catch (ProgramException e) {
      return e.code() + ", " + e.line() + ":" + e.column() + e.hint() + ", " + e.getMessage();
    }
  }

  /** Returns what each example gives: its value with notes, or its failure. */
  public static List<String> outcomes(Tsdb database) {
    return examples()
        .map(line -> line.split(" => ")[0])
        .map(one -> outcome(database, one))
        .toList();
  }

  private static String outcome(Tsdb database, String program) {
    try {
      Value value = Language.over(database).run(program);
      String notes = value instanceof Table table ? table.notes().toString() : "";
      return program + " => " + shown(value) + notes;
    } catch (ProgramException e) {
      return program + " => " + e.code() + ", " + e.getMessage() + e.hint();
    }
  }

  static String shown(Value value) {
    if (value instanceof Table table) {
      List<String> lines = new ArrayList<>();
      lines.add(String.join(" ", table.names()));
      table
          .rows()
          .forEach(row -> lines.add(String.join(" ", row.stream().map(Value::toString).toList())));
      return String.join(" / ", lines);
    }
    ValuePrinter printer = new ValuePrinter(10_000);
    printer.data(value);
    return printer.toString();
  }
}
