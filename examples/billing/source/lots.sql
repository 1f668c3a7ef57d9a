SELECT id, order_ref, payment_id, category, purchased_at, currency, price_minor AS base_price_minor, fee_minor,
       fee_kept_by_third_party, tax_minor, base_micros, bonus_micros, used_micros, reserved_micros, draw_priority,
       expires_at, sold_by
FROM credit_lots WHERE account_id = :account_id
ORDER BY purchased_at, id
