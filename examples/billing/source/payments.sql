SELECT id, method, currency, captured_minor, captured_at, expected_minor, duplicate_of, duplicate_verified
FROM payments WHERE account_id = :account_id
ORDER BY captured_at, id
