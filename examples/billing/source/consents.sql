SELECT lot_id, express_request_at, loss_acknowledged_at, confirmation_sent_at, text_version,
       withdrawal_information_given
FROM consents WHERE account_id = :account_id
ORDER BY lot_id
