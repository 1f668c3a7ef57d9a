-- The newest orders, for `decider facts check --last`.
SELECT order_ref FROM (
  SELECT order_ref, purchased_at AS at FROM credit_lots WHERE order_ref IS NOT NULL
  UNION
  SELECT order_ref, concluded_at FROM subscriptions
) AS orders
ORDER BY at DESC, order_ref
