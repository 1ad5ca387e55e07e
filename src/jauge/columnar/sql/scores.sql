-- What does the score of this part of each conversation say?
SELECT number, value, base, logit, engagement, sentiment, understanding, ease, response_time
FROM kept
WHERE part = $part AND value IS NOT NULL
