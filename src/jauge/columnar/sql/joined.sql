-- Which rows count, each once?
SELECT DISTINCT ON (score) *
FROM read_parquet(getvariable('parts'))
SEMI JOIN live USING (score, content, scorer)
ORDER BY score
