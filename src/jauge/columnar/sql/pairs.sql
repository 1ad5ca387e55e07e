-- Which place has each value in the order of all values?
SELECT number, (dense_rank() OVER (ORDER BY value) - 1)::INTEGER AS code, tenths
FROM pairs
ORDER BY number, code
