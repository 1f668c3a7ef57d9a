-- The account of an order.
SELECT account_id FROM credit_lots WHERE order_ref = :order_ref
UNION
SELECT account_id FROM subscriptions WHERE order_ref = :order_ref
