SELECT a.id, COALESCE(c.status, 'active') AS status, c.reason AS status_reason, c.at AS status_since,
       a.payer_email, a.forfeited_at
FROM accounts a
LEFT JOIN account_status_changes c ON c.account_id = a.id
     AND c.at = (SELECT MAX(at) FROM account_status_changes WHERE account_id = a.id)
WHERE a.id = :account_id
