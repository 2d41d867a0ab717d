"""What the model says will happen, derived once: every question asks here."""
