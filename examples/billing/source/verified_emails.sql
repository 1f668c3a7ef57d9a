SELECT email FROM accounts WHERE id = :account_id AND email_verified = 1
