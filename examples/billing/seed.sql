-- A small platform: a customer in each state that the policies know. All times are days before the moment of seeding,
-- which the table clock holds.
CREATE TEMP TABLE IF NOT EXISTS clock AS SELECT CAST(strftime('%s', 'now') AS INTEGER) AS now;

INSERT INTO accounts (id, email, email_verified, payer_email, customer_type, country, region, time_zone) VALUES
  ('ada',  'ada@example.com',  1, 'ada@example.com',  NULL,       NULL, NULL,    NULL),               -- nothing used
  ('ben',  'ben@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- partly used, with a bonus
  ('cara', 'cara@example.com', 1, NULL,               NULL,       NULL, NULL,    NULL),               -- everything used
  ('dan',  'dan@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- asks too late
  ('eva',  'eva@example.com',  1, 'eva@example.com',  'consumer', 'DE', 'DE-BY', 'Europe/Berlin'),    -- consented, partly used
  ('finn', 'finn@example.com', 1, NULL,               'consumer', 'DE', NULL,    'Europe/Berlin'),    -- no consent, partly used
  ('gus',  'gus@example.com',  1, NULL,               'consumer', 'GB', NULL,    'Europe/London'),    -- the UK, nothing used
  ('hal',  'hal@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- suspended, under investigation
  ('ida',  'ida@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- suspended for a violation
  ('jon',  'jon@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- closed at his request
  ('kim',  'kim@example.com',  0, NULL,               NULL,       NULL, NULL,    NULL),               -- terminated for a violation
  ('lea',  'lea@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- paid twice
  ('max',  'max@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- charged too much
  ('nia',  'nia@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- a refund is on its way
  ('oli',  'oli@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- refunded in part
  ('pam',  'pam@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- a dispute is open
  ('quin', 'quin@example.com', 1, NULL,               NULL,       NULL, NULL,    NULL),               -- a dispute was lost
  ('ray',  'ray@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- the bank inquires
  ('sue',  'sue@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- promotional credits too
  ('tom',  'tom@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- service credits too
  ('uma',  'uma@example.com',  1, NULL,               'consumer', 'FR', NULL,    'Europe/Paris'),     -- a new plan
  ('vic',  'vic@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- a renewed plan
  ('will', 'will@example.com', 1, NULL,               NULL,       NULL, NULL,    NULL),               -- a cancelled plan
  ('xia',  'xia@example.cn',   1, NULL,               NULL,       'CN', NULL,    'Asia/Shanghai'),    -- paid in CNY
  ('yan',  'yan@example.cn',   1, NULL,               NULL,       'CN', NULL,    'Asia/Shanghai'),    -- a network fee
  ('zoe',  'zoe@example.com',  1, NULL,               'business', 'US', NULL,    'America/New_York'), -- an agreement
  ('abe',  'abe@example.com',  1, NULL,               'business', 'US', NULL,    'America/New_York'), -- a large order
  ('bea',  'bea@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- fraud is suspected
  ('cal',  'cal@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- fraud is proven
  ('dee',  'dee@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- API requests failed
  ('eli',  'eli@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- an outage
  ('fay',  'fay@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- API requests are running
  ('gil',  'gil@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- credits have lapsed
  ('hana', 'hana@example.com', 1, NULL,               NULL,       NULL, NULL,    NULL),               -- bought from a reseller
  ('ivo',  'ivo@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- credits are forfeited
  ('jan',  'jan@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL),               -- three orders
  ('kei',  'kei@example.jp',   1, NULL,               NULL,       'JP', NULL,    'Asia/Tokyo'),       -- paid in JPY
  ('lou',  'lou@example.com',  1, NULL,               NULL,       NULL, NULL,    NULL);               -- refunded often
UPDATE accounts SET forfeited_at = (SELECT now FROM clock) - 86400 WHERE id = 'ivo';

-- account, status, reason, days ago
INSERT INTO account_status_changes
SELECT column1, column2, column3, (SELECT now FROM clock) - column4 * 86400 FROM (VALUES
  ('hal',  'active',     NULL,                  60),
  ('hal',  'suspended',  'under_investigation', 1),
  ('ida',  'suspended',  'tos_violation',       1),
  ('jon',  'terminated', 'own_request',         1),
  ('kim',  'terminated', 'tos_violation',       2)
);

-- Most orders are one lot with one payment: account, order, days ago, method, currency, price, fee, base credits, bonus
-- credits, used credits. The lot is lot-ACCOUNT-N, the payment pay-ACCOUNT-N.
CREATE TEMP TABLE orders (account, n, days, method, currency, price, fee, base, bonus, used);
INSERT INTO orders VALUES
  ('ada',  1, 2,  'card',   'USD', 10000,   350,  100,   0,    0),
  ('ben',  1, 5,  'card',   'USD', 10000,   350,  100,   4,    30),
  ('cara', 1, 3,  'card',   'USD', 5000,    180,  50,    0,    50),
  ('dan',  1, 40, 'card',   'USD', 10000,   350,  100,   0,    10),
  ('eva',  1, 4,  'card',   'EUR', 10000,   350,  100,   4,    30),
  ('finn', 1, 4,  'paypal', 'EUR', 10000,   350,  100,   4,    30),
  ('gus',  1, 6,  'card',   'GBP', 4000,    140,  50,    0,    0),
  ('hal',  1, 5,  'card',   'USD', 10000,   350,  100,   0,    20),
  ('ida',  1, 5,  'card',   'USD', 10000,   350,  100,   0,    20),
  ('jon',  1, 5,  'card',   'USD', 10000,   350,  100,   0,    20),
  ('kim',  1, 5,  'card',   'USD', 10000,   350,  100,   0,    20),
  ('lea',  1, 3,  'card',   'USD', 2000,    70,   20,    0,    5),
  ('max',  1, 3,  'card',   'USD', 3000,    105,  30,    0,    30),
  ('nia',  1, 6,  'card',   'USD', 10000,   350,  100,   0,    10),
  ('oli',  1, 8,  'card',   'USD', 10000,   350,  100,   0,    10),
  ('pam',  1, 9,  'card',   'USD', 10000,   350,  100,   0,    10),
  ('quin', 1, 12, 'card',   'USD', 10000,   350,  100,   0,    10),
  ('ray',  1, 9,  'card',   'USD', 10000,   350,  100,   0,    10),
  ('sue',  1, 4,  'card',   'USD', 5000,    175,  50,    5,    0),
  ('tom',  1, 4,  'card',   'USD', 5000,    175,  50,    0,    12),
  ('xia',  1, 3,  'alipay', 'CNY', 5000,    0,    500,   0,    120),
  ('yan',  1, 3,  'usdt',   'CNY', 20000,   700,  2000,  0,    0),
  ('zoe',  1, 7,  'wire',   'USD', 500000,  0,    5000,  0,    900),
  ('abe',  1, 7,  'wire',   'USD', 5000000, 0,    50000, 2500, 100),
  ('bea',  1, 2,  'card',   'USD', 10000,   350,  100,   0,    0),
  ('cal',  1, 2,  'card',   'USD', 10000,   350,  100,   0,    0),
  ('dee',  1, 6,  'card',   'USD', 10000,   350,  100,   0,    40),
  ('eli',  1, 6,  'card',   'USD', 10000,   350,  100,   0,    40),
  ('fay',  1, 1,  'card',   'USD', 10000,   350,  100,   0,    25),
  ('gil',  1, 10, 'card',   'USD', 10000,   350,  100,   0,    25),
  ('hana', 1, 2,  'card',   'USD', 10000,   0,    100,   0,    0),
  ('ivo',  1, 5,  'card',   'USD', 10000,   350,  100,   0,    0),
  ('jan',  1, 30, 'card',   'USD', 10000,   350,  100,   0,    100),
  ('jan',  2, 10, 'card',   'USD', 10000,   350,  100,   4,    60),
  ('jan',  3, 1,  'paypal', 'USD', 20000,   700,  200,   8,    0),
  ('kei',  1, 2,  'card',   'JPY', 15000,   525,  100,   0,    33),
  ('lou',  1, 1,  'card',   'USD', 10000,   350,  100,   0,    0);

INSERT INTO payments (id, account_id, method, currency, captured_minor, captured_at)
SELECT 'pay-' || account || '-' || n, account, method, currency, price + fee, (SELECT now FROM clock) - days * 86400
FROM orders;

INSERT INTO credit_lots (id, account_id, order_ref, payment_id, category, purchased_at, currency, price_minor, fee_minor,
                         base_micros, bonus_micros, used_micros)
SELECT 'lot-' || account || '-' || n, account, 'ORD-' || upper(account) || '-' || n, 'pay-' || account || '-' || n, 'paid',
       (SELECT now FROM clock) - days * 86400, currency, price, fee, base * 1000000, bonus * 1000000, used * 1000000
FROM orders;

-- What only some orders have.
INSERT INTO payments (id, account_id, method, currency, captured_minor, captured_at, duplicate_of, duplicate_verified)
SELECT 'pay-lea-2', 'lea', 'card', 'USD', 2070, (SELECT now FROM clock) - 3 * 86400 + 40, 'pay-lea-1', 1;
UPDATE payments SET captured_minor = 6210, expected_minor = 3105 WHERE id = 'pay-max-1';
UPDATE credit_lots SET fee_kept_by_third_party = 1 WHERE account_id = 'yan';
UPDATE credit_lots SET reserved_micros = 15000000 WHERE account_id = 'fay';
UPDATE credit_lots SET expires_at = (SELECT now FROM clock) - 86400 WHERE account_id = 'gil';
UPDATE credit_lots SET sold_by = 'Example Resale Ltd' WHERE account_id = 'hana';

-- account, lot, category, days ago, credits, used credits
INSERT INTO credit_lots (account_id, id, category, purchased_at, base_micros, used_micros)
SELECT column1, column2, column3, (SELECT now FROM clock) - column4 * 86400, column5 * 1000000, column6 * 1000000
FROM (VALUES
  ('sue', 'gift-sue',   'promotional', 20, 10, 7),
  ('tom', 'credit-tom', 'service',     15, 5,  0)
);

-- account, plan, order, amount, days ago of conclusion, charge, begin, days until the end, first period, days ago of cancellation
CREATE TEMP TABLE plans (account, plan, n, amount, concluded, began, until, first, cancelled);
INSERT INTO plans VALUES
  ('uma',  'pro',  1, 2000, 3,   3, 27, 1, NULL),
  ('vic',  'pro',  1, 2000, 100, 9, 21, 0, NULL),
  ('will', 'team', 1, 5000, 45,  9, 21, 0, 2);
INSERT INTO payments (id, account_id, method, currency, captured_minor, captured_at)
SELECT 'pay-' || account || '-' || n, account, 'card', 'USD', amount, (SELECT now FROM clock) - began * 86400 FROM plans;
INSERT INTO subscriptions
SELECT 'SUB-' || upper(account) || '-' || n, account, plan, 'pay-' || account || '-' || n, 'USD', amount,
       (SELECT now FROM clock) - concluded * 86400, (SELECT now FROM clock) - began * 86400,
       (SELECT now FROM clock) - began * 86400, (SELECT now FROM clock) + until * 86400, first,
       (SELECT now FROM clock) - cancelled * 86400
FROM plans;

-- refund, payment, amount, status, kind, lot, base credits, days ago
INSERT INTO refunds (id, payment_id, amount_minor, status, kind, lot_id, base_micros, refunded_at)
SELECT column1, column2, column3, column4, column5, column6, column7 * 1000000, (SELECT now FROM clock) - column8 * 86400
FROM (VALUES
  ('re-nia', 'pay-nia-1', 4000, 'pending',   'unused_credits', 'lot-nia-1', 40, 1),
  ('re-oli', 'pay-oli-1', 3000, 'succeeded', 'unused_credits', 'lot-oli-1', 30, 2),
  ('re-lou', 'pay-lou-1', 1000, 'failed',    'goodwill',       NULL,        0,  0)
);

-- dispute, payment, status, refundable, days ago
INSERT INTO disputes (id, payment_id, status, refundable, opened_at)
SELECT column1, column2, column3, column4, (SELECT now FROM clock) - column5 * 86400 FROM (VALUES
  ('dp-pam-1',  'pay-pam-1',  'won',            0, 8),
  ('dp-pam-2',  'pay-pam-1',  'needs_response', 0, 1),
  ('dp-quin-1', 'pay-quin-1', 'lost',           0, 6),
  ('dp-ray-1',  'pay-ray-1',  'inquiry',        1, 2)
);

-- account, lot (none for a plan), days ago
INSERT INTO consents
SELECT column1, column2, (SELECT now FROM clock) - column3 * 86400 - 30, (SELECT now FROM clock) - column3 * 86400 - 20,
       (SELECT now FROM clock) - column3 * 86400 + 10, '2026-05-16', 1
FROM (VALUES ('eva', 'lot-eva-1', 4), ('uma', NULL, 3));

-- API request, account, hours ago, outcome, origin, tokens, billed upstream, credits, restored
INSERT INTO api_requests (id, account_id, at, outcome, error_origin, output_tokens, upstream_billed, deducted_micros, already_restored)
SELECT column1, column2, (SELECT now FROM clock) - column3 * 3600, column4, column5, column6, column7, column8 * 1000000, column9
FROM (VALUES
  ('req-dee-1', 'dee', 30, 'error',   'platform', 0,   0, 3, 0),
  ('req-dee-2', 'dee', 29, 'error',   'upstream', 0,   1, 2, 0),
  ('req-dee-3', 'dee', 28, 'success', NULL,       900, 1, 5, 0),
  ('req-dee-4', 'dee', 27, 'error',   'platform', 0,   0, 1, 1)
);

INSERT INTO incidents (id, account_id, verified, attribution, significant, sla_credit_micros)
VALUES ('inc-1', 'eli', 1, 'platform', 1, 8000000);

INSERT INTO agreements (id, account_id, currency, minimum_minor, terms) VALUES ('agr-zoe', 'zoe', NULL, NULL, 'not_refundable');
INSERT INTO agreement_orders VALUES ('agr-zoe', 'ORD-ZOE-1');

INSERT INTO risk_findings (account_id, fraud, tos_violation, approved_refunds_90d) VALUES
  ('bea', 'suspected', 'none', 0),
  ('cal', 'confirmed', 'none', 0),
  ('lou', 'none',      'none', 4);

DROP TABLE plans;
DROP TABLE orders;
DROP TABLE clock;
