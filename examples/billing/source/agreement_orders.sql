SELECT o.order_ref FROM agreement_orders o JOIN agreements a ON a.id = o.agreement_id
WHERE a.account_id = :account_id
ORDER BY o.order_ref
