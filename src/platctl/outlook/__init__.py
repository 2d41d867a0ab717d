"""What will happen according to the model, derived once for all questions."""
