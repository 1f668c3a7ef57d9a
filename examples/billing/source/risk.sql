SELECT fraud, tos_violation, approved_refunds_90d FROM risk_findings WHERE account_id = :account_id
