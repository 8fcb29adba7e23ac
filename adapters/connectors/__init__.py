"""Talks to billing systems: Stripe Invoicing, Odoo, ERPNext and Lago, each behind one port."""
