-- What is there to know of each conversation?
SELECT
    number,
    coalesce(epoch_us(started_at), $never) AS started,
    coalesce(epoch_us(ended_at), $never) AS ended,
    messages_user + messages_bot + messages_agent AS messages,
    customer_number,
    coalesce(customer, '') <> '' AS is_named,
    coalesce(reason, status) AS status,
    coalesce(handoff, 'none') AS handoff,
    coalesce(channel, $absent) AS channel,
    coalesce(department, $absent) AS department,
    coalesce(language, $absent) AS language,
    coalesce(bot, $absent) AS bot,
    coalesce(bot_version, $absent) AS version
FROM kept
WHERE part = 'whole'
ORDER BY number
