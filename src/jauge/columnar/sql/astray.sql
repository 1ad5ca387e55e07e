-- Which parts have a row that does not count any more?
SELECT DISTINCT filename
FROM read_parquet(getvariable('parts'), filename = true)
ANTI JOIN live USING (score, content, scorer)
