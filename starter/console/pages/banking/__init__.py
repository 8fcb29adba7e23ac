"""Money in the bank that fits no invoice for certain, and what people say of it."""
