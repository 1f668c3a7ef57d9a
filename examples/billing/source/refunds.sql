SELECT r.id, r.payment_id, r.amount_minor, r.status, r.kind, r.lot_id, r.base_micros, r.bonus_micros, r.refunded_at
FROM refunds r JOIN payments p ON p.id = r.payment_id
WHERE p.account_id = :account_id
ORDER BY r.refunded_at, r.id
