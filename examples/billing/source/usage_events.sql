SELECT id, at AS occurred_at, outcome, error_origin, output_tokens, upstream_billed, deducted_micros, already_restored
FROM api_requests WHERE account_id = :account_id AND id IN :usage_event_ids
ORDER BY id
