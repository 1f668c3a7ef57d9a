SELECT plan, order_ref, payment_id, currency, amount_minor, concluded_at, charged_at, period_start, period_end,
       first_period, cancelled_at
FROM subscriptions WHERE account_id = :account_id AND order_ref = :order_ref
