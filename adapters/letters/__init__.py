"""Letters: a step put into words, in the customer's language and the creditor's style."""
