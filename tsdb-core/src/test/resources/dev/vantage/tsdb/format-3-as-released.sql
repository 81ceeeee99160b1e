-- Format 3 of a stored database, as SQLite kept it after the scripts of formats 1 to 3.
CREATE TABLE property (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  last_key INTEGER NOT NULL
, change_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE series (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  times BLOB NOT NULL,
  sample_values BLOB NOT NULL,
  period REAL NOT NULL,
  checksum INTEGER NOT NULL
);
CREATE TABLE vantage_point (
  position INTEGER PRIMARY KEY,
  key INTEGER NOT NULL UNIQUE REFERENCES series (key)
);
CREATE TABLE distance_row (
  key INTEGER PRIMARY KEY REFERENCES series (key) ON DELETE CASCADE,
  distances BLOB NOT NULL,
  checksum INTEGER NOT NULL
);
CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  last_key INTEGER NOT NULL,
  series INTEGER NOT NULL,
  vantage_points BLOB NOT NULL
);
CREATE TABLE checkpoint_chunk (
  generation INTEGER NOT NULL,
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (generation, name, part)
);
CREATE TABLE checkpoint_removal (
  key INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL
);
CREATE TABLE attribute_type (
  name TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('double', 'long', 'text', 'boolean', 'timestamp'))
) WITHOUT ROWID;
CREATE TABLE "attribute" (
  key INTEGER NOT NULL REFERENCES series (key) ON DELETE CASCADE,
  name TEXT NOT NULL REFERENCES attribute_type (name),
  double_value REAL,
  long_value INTEGER,
  text_value TEXT,
  PRIMARY KEY (key, name)
) WITHOUT ROWID;
CREATE TABLE summary (
  key INTEGER PRIMARY KEY REFERENCES series (key) ON DELETE CASCADE,
  mean REAL NOT NULL,
  std REAL NOT NULL,
  length INTEGER NOT NULL,
  inserted_at INTEGER
);
INSERT INTO progress VALUES (1, 0, 0, 0);
