"""The people on both sides: the creditor and its team, the debtor and its contacts."""
