"""The model: references, versions, time, the kinds of entities, and loading documents into a model."""

import os

# Otherwise Pydantic looks for plugins in every installed package, which is slow, and runs them.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
