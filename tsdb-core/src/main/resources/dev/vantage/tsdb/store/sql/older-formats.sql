-- What a file of format 1 or 2 holds, as the tables that format 3 has of it: to read such a file
-- as it is, and to make format 3 from it. Needs the functions of SqliteFormat.

-- What every series has by itself cannot be an attribute any more: an old one of such a name gets
-- as many underscores as make its name free.
CREATE TEMP VIEW attribute_name AS
WITH RECURSIVE candidate (old_name, name) AS (
  SELECT DISTINCT a.name, a.name FROM main.attribute a
  UNION ALL
  SELECT c.old_name, c.name || '_' FROM candidate c
  WHERE c.old_name IN ('id', 'mean', 'std', 'length', 'inserted_at')
    AND EXISTS (SELECT 1 FROM main.attribute a WHERE a.name = c.name)
)
SELECT old_name, max(name) AS name FROM candidate GROUP BY old_name;

-- An attribute that had one type keeps it; whole numbers and others become doubles; any other
-- mixture becomes texts.
CREATE TEMP VIEW attribute_type AS
SELECT n.name AS name,
  CASE
    WHEN count(DISTINCT a.type) = 1 THEN max(a.type)
    WHEN sum(a.type NOT IN ('long', 'double')) = 0 THEN 'double'
    ELSE 'text'
  END AS type
FROM main.attribute a JOIN temp.attribute_name n ON n.old_name = a.name
GROUP BY n.name;

CREATE TEMP VIEW attribute AS
SELECT a.key AS key, n.name AS name,
  CASE t.type WHEN 'double' THEN coalesce(a.double_value, CAST(a.long_value AS REAL)) END
    AS double_value,
  CASE WHEN t.type IN ('long', 'boolean') THEN a.long_value END AS long_value,
  CASE WHEN t.type = 'text' THEN
    CASE a.type
      WHEN 'text' THEN a.text_value
      WHEN 'double' THEN text_of_double(a.double_value)
      WHEN 'boolean' THEN CASE a.long_value WHEN 0 THEN 'false' ELSE 'true' END
      ELSE CAST(a.long_value AS TEXT)
    END
  END AS text_value
FROM main.attribute a
JOIN temp.attribute_name n ON n.old_name = a.name
JOIN temp.attribute_type t ON t.name = n.name;

CREATE TEMP VIEW summary AS
SELECT key, mean_of_samples(sample_values) AS mean, std_of_samples(sample_values) AS std,
  length(sample_values) / 8 AS length, NULL AS inserted_at, NULL AS checksum
FROM main.series;
