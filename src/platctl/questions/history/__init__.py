"""What happened to an entity, and how well do plans hold?"""
