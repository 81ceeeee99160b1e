-- Format 1 of a stored database. Statements end with a semicolon at the end of a line.

-- What the database was made with: the metric, its parameters, the settings.
CREATE TABLE property (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- One row. The generation grows with every change; a storage key is never used twice.
CREATE TABLE progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  last_key INTEGER NOT NULL
);
INSERT INTO progress VALUES (1, 0, 0);

-- Points as they were given: little-endian doubles. No times: evenly spaced. Period 0: none.
CREATE TABLE series (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  times BLOB NOT NULL,
  sample_values BLOB NOT NULL,
  period REAL NOT NULL,
  checksum INTEGER NOT NULL
);

-- The column that the type names holds the value; booleans are 0 or 1 in long_value.
CREATE TABLE attribute (
  key INTEGER NOT NULL REFERENCES series (key) ON DELETE CASCADE,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('double', 'long', 'text', 'boolean')),
  double_value REAL,
  long_value INTEGER,
  text_value TEXT,
  PRIMARY KEY (key, name)
) WITHOUT ROWID;

-- Vantage points in the order in which they were chosen.
CREATE TABLE vantage_point (
  position INTEGER PRIMARY KEY,
  key INTEGER NOT NULL UNIQUE REFERENCES series (key)
);

-- Distances of a series to the vantage points, by position: little-endian doubles.
CREATE TABLE distance_row (
  key INTEGER PRIMARY KEY REFERENCES series (key) ON DELETE CASCADE,
  distances BLOB NOT NULL,
  checksum INTEGER NOT NULL
);
