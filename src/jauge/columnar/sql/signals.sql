-- Which signals does this part of each conversation have, with how many tenths?
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT number, one.signal AS value, sum(one.tenths)::BIGINT AS tenths
FROM (SELECT number, unnest(signals) AS one FROM kept WHERE part = $part)
GROUP BY ALL
