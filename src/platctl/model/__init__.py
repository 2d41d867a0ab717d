"""What the words mean: references, versions, time, the entity kinds, and documents turned into a model."""
