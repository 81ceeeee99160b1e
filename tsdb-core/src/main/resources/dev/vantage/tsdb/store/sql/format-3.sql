-- From format 2 to format 3: one type for each attribute, and what every series has by itself.
-- Reads the old tables through the views of older-formats.sql.

CREATE TABLE main.attribute_type (
  name TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('double', 'long', 'text', 'boolean', 'timestamp'))
) WITHOUT ROWID;
INSERT INTO main.attribute_type SELECT name, type FROM temp.attribute_type;

-- The type of an attribute says which column holds the value. In long_value booleans are 0 or 1,
-- and timestamps are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE main.typed_attribute (
  key INTEGER NOT NULL REFERENCES series (key) ON DELETE CASCADE,
  name TEXT NOT NULL REFERENCES attribute_type (name),
  double_value REAL,
  long_value INTEGER,
  text_value TEXT,
  PRIMARY KEY (key, name)
) WITHOUT ROWID;
INSERT INTO main.typed_attribute
SELECT key, name, double_value, long_value, text_value FROM temp.attribute ORDER BY key, name;

-- Of the values as they were given; std has divisor n. inserted_at is in microseconds since
-- 1970-01-01T00:00:00Z, and null for series from older formats.
CREATE TABLE main.summary (
  key INTEGER PRIMARY KEY REFERENCES series (key) ON DELETE CASCADE,
  mean REAL NOT NULL,
  std REAL NOT NULL,
  length INTEGER NOT NULL,
  inserted_at INTEGER
);
INSERT INTO main.summary SELECT key, mean, std, length, inserted_at FROM temp.summary ORDER BY key;

-- A number of the writer's own for its last change, where one is needed to find it again.
ALTER TABLE main.progress ADD COLUMN change_id INTEGER NOT NULL DEFAULT 0;

DROP VIEW temp.summary;
DROP VIEW temp.attribute;
DROP VIEW temp.attribute_type;
DROP VIEW temp.attribute_name;
DROP TABLE main.attribute;
ALTER TABLE main.typed_attribute RENAME TO attribute;
