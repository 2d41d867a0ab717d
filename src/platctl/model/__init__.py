"""What the words mean: references, versions, time, the entity kinds, and documents turned into a model."""

import os

# Otherwise Pydantic looks for plugins in every installed package, which takes its time, and runs them.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
