-- Which types of flows does each conversation have?
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT DISTINCT number, unnest(flow_types) AS value, 0::BIGINT AS tenths
FROM kept
WHERE part = 'whole'
