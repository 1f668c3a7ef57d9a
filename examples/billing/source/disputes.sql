-- The worst dispute of each payment: lost, then open, then an inquiry, then won.
SELECT payment_id, status, amount_minor, refundable, unauthorized
FROM (
  SELECT d.*, ROW_NUMBER() OVER (
    PARTITION BY d.payment_id
    ORDER BY CASE d.status WHEN 'lost' THEN 0 WHEN 'inquiry' THEN 2 WHEN 'won' THEN 3 ELSE 1 END, d.opened_at DESC
  ) AS place
  FROM disputes d JOIN payments p ON p.id = d.payment_id
  WHERE p.account_id = :account_id
) AS ranked
WHERE place = 1
ORDER BY payment_id
