-- From stage_fear_greed, which holds whatever was told, into fear_greed: only what differs from what was told of that day
-- before. A correction could be used from its receipt on, however long the day was over.
INSERT INTO fear_greed (timestamp, value, classification, usable_from, received_ns, journal_seq)
SELECT
    timestamp,
    value,
    classification,
    CASE WHEN value_before IS NULL THEN usable_from ELSE make_timestamptz(received_ns // 1000) END,
    received_ns,
    journal_seq
FROM (
    SELECT
        *,
        lag(value) OVER of_day AS value_before,
        lag(classification) OVER of_day AS classification_before
    FROM (
        SELECT *, true AS is_new FROM stage_fear_greed
        UNION ALL BY NAME
        SELECT held.*, false AS is_new FROM fear_greed AS held SEMI JOIN stage_fear_greed USING (timestamp)
    )
    WINDOW of_day AS (PARTITION BY timestamp ORDER BY journal_seq)
)
WHERE is_new AND (value_before, classification_before) IS DISTINCT FROM (value, classification)
ORDER BY journal_seq, timestamp;

DELETE FROM stage_fear_greed;
