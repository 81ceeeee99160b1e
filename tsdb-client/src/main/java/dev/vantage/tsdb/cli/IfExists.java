package dev.vantage.tsdb.cli;

/** What an import does with a series whose id is taken. */
enum IfExists {
  FAIL,
  SKIP,
  REPLACE
}
