-- Which words were said, each between blanks, each message ended by its line?
SELECT said, strlen(said) AS bytes
FROM (
    SELECT number, ' ' || replace(text, chr(10), ' ' || chr(10) || ' ') || ' ' || chr(10) AS said
    FROM kept
    WHERE part = 'whole'
)
ORDER BY number
