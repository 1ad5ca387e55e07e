-- Which scores stand in the parts?
SELECT score, content, scorer FROM read_parquet(getvariable('parts'))
