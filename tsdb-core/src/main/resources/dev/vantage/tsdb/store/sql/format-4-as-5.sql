-- What a file of format 4 holds, as the tables that format 5 has of it: to read such a file as it
-- is. No change was of attributes alone.
CREATE TEMP VIEW progress AS
SELECT generation, last_key, change_id, removals_from, database_id, series_checksum,
  settings_checksum, vantage_point_checksum, attribute_type_checksum, checksum,
  NULL AS series_generation
FROM main.progress;

CREATE TEMP VIEW attribute_change AS
SELECT 0 AS key, 0 AS generation, 0 AS checksum WHERE 1 = 0;
