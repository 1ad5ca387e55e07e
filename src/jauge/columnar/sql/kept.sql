-- Which rows of the parts count: scores of conversations as they are now?
CREATE TEMP VIEW kept AS
FROM read_parquet(getvariable('parts'))
SEMI JOIN live USING (score, content, scorer)
