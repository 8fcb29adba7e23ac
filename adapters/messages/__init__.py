"""What carriers share about messages: MIME for mail, TwiML for calls, our addresses at Twilio."""
