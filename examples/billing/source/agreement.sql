SELECT id, currency, minimum_minor, terms FROM agreements WHERE account_id = :account_id
