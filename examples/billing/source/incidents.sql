SELECT id, verified, attribution, significant, sla_credit_micros, already_granted
FROM incidents WHERE account_id = :account_id
ORDER BY id
