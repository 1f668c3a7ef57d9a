SELECT customer_type AS type, country AS country_code, region AS subdivision_code, time_zone
FROM accounts WHERE id = :account_id
