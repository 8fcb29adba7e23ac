"""What a message looks like on its way, whoever carries it: MIME for mail, TwiML for calls."""
