package dev.vantage.tsdb.language;

import java.util.HashMap;
import java.util.Map;

/**
 * A program and its value for each form and builtin. Programs that query are about a database of RR
 * Lyrae stars with the attributes band, type and period. Of a table the value names the columns,
 * then the rows, with a slash between them.
 */
final class ReferenceExamples {
  private static final String NAME_END = ": ";
  private static final String VALUE = "\n  => ";

  private static final String ALL =
      """
      define: (define (twice x) (* 2 x)) (twice 4)
        => 8
      def: (def limit 0.5) (* 2 limit)
        => 1.0
      lambda: (map (lambda (x) (* x x)) '(1 2 3))
        => (1 4 9)
      func: ((func (x) (+ x 1)) 4)
        => 5
      if: (if (< 1 2) "less" "more")
        => less
      cond: (let ((p 0.7)) (cond ((< p 0.4) "short") ((< p 0.6) "middle") (else "long")))
        => long
      and: (and (< 0 1) (< 1 2))
        => true
      or: (or nil 5)
        => 5
      let: (let ((a 2) (b (* a 3))) (+ a b))
        => 8
      begin: (begin 1 2 3)
        => 3
      quote: '(a "b" 3)
        => (a "b" 3)
      unquote: (let ((b "g")) (count (select (id) :where (= band ,b))))
        => 483
      ->: (-> '(3 1 2) sort first)
        => 1
      ->>: (->> '(1 2 3) (map abs) (reduce + 0))
        => 6
      explain: (column (explain (select (band (count)) :from (similar "4099_g") :group-by (band))) :operation)
        => ("nearest 5" "attributes" "group by band")
      similar: (column (similar "4099_g" :k 3 :where (= band "g")) :id)
        => ("873466_g" "495429_g" "4983075_g")
      within: (count (within "4099_g" 0.02 :where (= band "g")))
        => 11
      distance: (distance "4099_g" "4099_g")
        => {:distance 0.0 :lag 0}
      select: (select (type (count)) :where (= band "g") :group-by (type))
        => type count / ab 379 / c 104
      aggregate: (aggregate (similar "4099_g" :k 50 :select (band)) (:group :band) (:n count))
        => band n / g 24 / r 10 / u 16
      filter: (filter (table (list (record :id "a" :n 1) (record :id "b" :n 2))) (> n 1))
        => id n / b 2
      order-by: (order-by (table (list (record :n 1) (record :n 2))) (desc n))
        => n / 2 / 1
      extend: (extend (table (list (record :n 1) (record :n 2))) (square (* n n)))
        => n square / 1 1 / 2 4
      =: (= 1 1.0)
        => true
      !=: (!= "ab" "c")
        => true
      <: (< 0 1 2)
        => true
      <=: (<= 1 1 2)
        => true
      >: (> 3 2 2)
        => false
      >=: (>= 3 2 2)
        => true
      not: (not nil)
        => true
      attributes: (column (filter (attributes) (not built_in)) :name)
        => ("band" "period" "type")
      stats: (names (stats))
        => (:series :length :metric :resampling :vantage_points :read_only :version)
      join: (join '("u" "g" "r") ", ")
        => u, g, r
      count: (count '(1 2 3))
        => 3
      empty?: (empty? '())
        => true
      first: (first '(1 2 3))
        => 1
      last: (last '(1 2 3))
        => 3
      nth: (nth '("a" "b") 1)
        => b
      rest: (rest '(1 2 3))
        => (2 3)
      take: (take 2 '(1 2 3))
        => (1 2)
      drop: (drop 2 '(1 2 3))
        => (3)
      reverse: (reverse '(1 2 3))
        => (3 2 1)
      distinct: (distinct '(1 2 1))
        => (1 2)
      list: (list 1 "a" nil)
        => (1 "a" nil)
      concat: (concat '(1 2) '(3))
        => (1 2 3)
      range: (range 2 10 3)
        => (2 5 8)
      +: (+ 1 2 3)
        => 6
      -: (- 5 2)
        => 3
      *: (* 2 1.5)
        => 3.0
      /: (/ 1 2)
        => 0.5
      quotient: (quotient -7 2)
        => -3
      modulo: (modulo -7 2)
        => 1
      abs: (abs -3)
        => 3
      min: (min 3 1 2)
        => 1
      max: (max 3 1 2)
        => 3
      round: (round 2.5)
        => 2
      floor: (floor -0.5)
        => -1
      ceiling: (ceiling 1.2)
        => 2
      sqrt: (sqrt 16)
        => 4.0
      exp: (exp 0)
        => 1.0
      log: (log 8 2)
        => 3.0
      pow: (pow 2 10)
        => 1024.0
      plot: (plot "4099_g")
        => #<plot>
      overlay: (overlay "4099_g" (similar "4099_g" :k 3))
        => #<plot>
      histogram: (histogram (select (period) :where (= band "g")) :period)
        => #<plot>
      scatter: (scatter (select (period mean) :where (= band "g")) :period :mean)
        => #<plot>
      record: (record :id "a" :n 1)
        => {:id "a" :n 1}
      get: (get (record :n 1) :m 0)
        => 0
      names: (names (record :id "a" :n 1))
        => (:id :n)
      with: (with (record :n 1) :n 2 :m 3)
        => {:n 2 :m 3}
      map: (map + '(1 2) '(10 20))
        => (11 22)
      keep: (keep number? '(1 "a" 2))
        => (1 2)
      reduce: (reduce + 0 '(1 2 3))
        => 6
      any?: (any? text? '(1 "a"))
        => true
      every?: (every? text? '(1 "a"))
        => false
      apply: (apply max '(1 3 2))
        => 3
      sort: (sort '(3 1 2))
        => (1 2 3)
      sort-by: (sort-by abs '(-3 1 2))
        => (1 2 -3)
      min-by: (min-by abs '(-3 1 2))
        => 1
      max-by: (max-by abs '(-3 1 2))
        => -3
      group: (group (lambda (x) (modulo x 2)) '(1 2 3))
        => ({:key 1 :rows (1 3)} {:key 0 :rows (2)})
      series: (series "4099_g")
        => #<series 4099_g, 59 points, period 0.641754351271>
      values: (count (values "4099_g"))
        => 59
      times: (times (make-series '(5 6 7) :times '(0 1 3)))
        => (0.0 1.0 3.0)
      period: (period "4099_g")
        => 0.641754351271
      attributes-of: (:type (attributes-of "4099_g"))
        => ab
      make-series: (make-series '(1 5 2) :id "mine")
        => #<series mine, 3 points>
      curve: (count (curve "4099_g" :points 64))
        => 64
      file: (file "new.csv" :period 0.641754351271)
        => #<series 59 points, period 0.641754351271>
      table: (table (list (record :id "a" :n 1) (record :id "b")))
        => id n / a 1 / b nil
      column: (column (table (list (record :n 1) (record :n 2))) :n)
        => (1 2)
      rename: (rename (table (list (record :n 1))) :n :number)
        => number / 1
      union: (union (table (list (record :id "a"))) (table (list (record :id "b"))))
        => id / a / b
      intersect: (intersect (table (list (record :id "a") (record :id "b"))) (table (list (record :id "b"))))
        => id / b
      except: (except (table (list (record :id "a") (record :id "b"))) (table (list (record :id "b"))))
        => id / a
      text: (text "4099" "_" "g")
        => 4099_g
      text-length: (text-length "4099_g")
        => 6
      upper: (upper "ab")
        => AB
      lower: (lower "AB")
        => ab
      starts-with?: (starts-with? "4099_g" "4099")
        => true
      ends-with?: (ends-with? "4099_g" "_g")
        => true
      contains?: (contains? '(1 2) 2)
        => true
      split: (split "4099_g" "_")
        => ("4099" "g")
      number: (number "0.5")
        => 0.5
      now: (timestamp? (now))
        => true
      seconds: (seconds #inst "2024-05-01T00:00:00Z" #inst "2024-05-01T00:01:00Z")
        => 60.0
      majority: (majority (similar "4099_g" :select (type)) :type)
        => ab
      vote: (vote (similar "747380_g" :where (= band "g") :select (type)) :type)
        => value votes share / ab 3 0.6 / c 2 0.4
      nil?: (nil? nil)
        => true
      boolean?: (boolean? false)
        => true
      number?: (number? 1.5)
        => true
      text?: (text? "a")
        => true
      timestamp?: (timestamp? "2024-05-01")
        => false
      list?: (list? '(1 2))
        => true
      record?: (record? (record :n 1))
        => true
      table?: (table? (attributes))
        => true
      series?: (series? (series "4099_g"))
        => true
      function?: (function? count)
        => true
      """;

  private static final Map<String, Sample> BY_NAME = byName();

  private ReferenceExamples() {}

  /** A program and its value. */
  record Sample(String program, String value) {}

  /** Returns the example of a form or a builtin. */
  static Sample of(String name) {
    Sample sample = BY_NAME.get(name);
    if (sample == null) {
      throw new AssertionError("example must exist: name=" + name);
    }
    return sample;
  }

  private static Map<String, Sample> byName() {
    Map<String, Sample> samples = new HashMap<>();
    for (String one : ALL.strip().split("\n(?! )")) {
      int name = one.indexOf(NAME_END);
      int value = one.indexOf(VALUE);
      String program = one.substring(name + NAME_END.length(), value);
      samples.put(
          one.substring(0, name), new Sample(program, one.substring(value + VALUE.length())));
    }
    return Map.copyOf(samples);
  }
}
