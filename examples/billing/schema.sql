-- The reference schema: what a platform records of its customers, in SQLite. Times are seconds since 1970, money is
-- minor units (cents), credits are micros (millionths of a credit). The columns of queries in source/ are read from here.
CREATE TABLE accounts (
  id             TEXT PRIMARY KEY,
  email          TEXT NOT NULL,
  email_verified INTEGER NOT NULL DEFAULT 1,
  payer_email    TEXT,
  customer_type  TEXT CHECK (customer_type IN ('consumer', 'business')),
  country        TEXT,
  region         TEXT,
  time_zone      TEXT,
  forfeited_at   INTEGER
);

-- Few platforms keep this history: without it nobody knows why an account is suspended.
CREATE TABLE account_status_changes (
  account_id TEXT NOT NULL REFERENCES accounts,
  status     TEXT NOT NULL,
  reason     TEXT,
  at         INTEGER NOT NULL
);

CREATE TABLE payments (
  id                 TEXT PRIMARY KEY,
  account_id         TEXT NOT NULL REFERENCES accounts,
  method             TEXT NOT NULL,
  currency           TEXT NOT NULL,
  captured_minor     INTEGER NOT NULL,
  captured_at        INTEGER NOT NULL,
  expected_minor     INTEGER,
  duplicate_of       TEXT REFERENCES payments,
  duplicate_verified INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE credit_lots (
  id                      TEXT PRIMARY KEY,
  account_id              TEXT NOT NULL REFERENCES accounts,
  order_ref               TEXT,
  payment_id              TEXT REFERENCES payments,
  category                TEXT NOT NULL,
  purchased_at            INTEGER NOT NULL,
  currency                TEXT,
  price_minor             INTEGER,
  fee_minor               INTEGER,
  fee_kept_by_third_party INTEGER NOT NULL DEFAULT 0,
  tax_minor               INTEGER,
  base_micros             INTEGER NOT NULL,
  bonus_micros            INTEGER NOT NULL DEFAULT 0,
  used_micros             INTEGER NOT NULL DEFAULT 0,
  reserved_micros         INTEGER NOT NULL DEFAULT 0,
  draw_priority           INTEGER NOT NULL DEFAULT 0,
  expires_at              INTEGER,
  sold_by                 TEXT
);
CREATE INDEX credit_lots_by_account ON credit_lots (account_id);
CREATE INDEX credit_lots_by_order ON credit_lots (order_ref);
CREATE INDEX payments_by_account ON payments (account_id);

CREATE TABLE subscriptions (
  order_ref    TEXT PRIMARY KEY,
  account_id   TEXT NOT NULL REFERENCES accounts,
  plan         TEXT NOT NULL,
  payment_id   TEXT REFERENCES payments,
  currency     TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  concluded_at INTEGER NOT NULL,
  charged_at   INTEGER,
  period_start INTEGER NOT NULL,
  period_end   INTEGER NOT NULL,
  first_period INTEGER NOT NULL,
  cancelled_at INTEGER
);

CREATE TABLE refunds (
  id           TEXT PRIMARY KEY,
  payment_id   TEXT NOT NULL REFERENCES payments,
  amount_minor INTEGER NOT NULL,
  status       TEXT NOT NULL,
  kind         TEXT NOT NULL,
  lot_id       TEXT REFERENCES credit_lots,
  base_micros  INTEGER NOT NULL DEFAULT 0,
  bonus_micros INTEGER NOT NULL DEFAULT 0,
  refunded_at  INTEGER NOT NULL
);
CREATE INDEX refunds_by_payment ON refunds (payment_id);

CREATE TABLE disputes (
  id           TEXT PRIMARY KEY,
  payment_id   TEXT NOT NULL REFERENCES payments,
  status       TEXT NOT NULL,
  amount_minor INTEGER,
  refundable   INTEGER NOT NULL DEFAULT 0,
  unauthorized INTEGER NOT NULL DEFAULT 0,
  opened_at    INTEGER NOT NULL
);
CREATE INDEX disputes_by_payment ON disputes (payment_id);

-- What the checkout recorded of the right of withdrawal. The most valuable table to add: without it every consumer of the
-- EU and the UK who used something goes to manual review. lot_id is NULL for a plan.
CREATE TABLE consents (
  account_id                   TEXT NOT NULL REFERENCES accounts,
  lot_id                       TEXT REFERENCES credit_lots,
  express_request_at           INTEGER,
  loss_acknowledged_at         INTEGER,
  confirmation_sent_at         INTEGER,
  text_version                 TEXT,
  withdrawal_information_given INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX consents_by_account ON consents (account_id);

CREATE TABLE api_requests (
  id               TEXT PRIMARY KEY,
  account_id       TEXT NOT NULL REFERENCES accounts,
  at               INTEGER NOT NULL,
  outcome          TEXT NOT NULL,
  error_origin     TEXT,
  output_tokens    INTEGER NOT NULL DEFAULT 0,
  upstream_billed  INTEGER NOT NULL DEFAULT 0,
  deducted_micros  INTEGER NOT NULL DEFAULT 0,
  already_restored INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE incidents (
  id                TEXT PRIMARY KEY,
  account_id        TEXT NOT NULL REFERENCES accounts,
  verified          INTEGER NOT NULL,
  attribution       TEXT,
  significant       INTEGER NOT NULL,
  sla_credit_micros INTEGER NOT NULL,
  already_granted   INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE agreements (
  id            TEXT PRIMARY KEY,
  account_id    TEXT NOT NULL REFERENCES accounts,
  currency      TEXT,
  minimum_minor INTEGER,
  terms         TEXT NOT NULL
);

CREATE TABLE agreement_orders (
  agreement_id TEXT NOT NULL REFERENCES agreements,
  order_ref    TEXT NOT NULL
);

CREATE TABLE risk_findings (
  account_id           TEXT PRIMARY KEY REFERENCES accounts,
  fraud                TEXT NOT NULL DEFAULT 'none',
  tos_violation        TEXT NOT NULL DEFAULT 'none',
  approved_refunds_90d INTEGER NOT NULL DEFAULT 0
);
