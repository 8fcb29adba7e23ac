"""Commands about the creditor's own set-up: policies, letters, keys and webhooks."""
