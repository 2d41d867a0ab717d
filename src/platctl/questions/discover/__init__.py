"""The question `discover`: where does a platform emerge, by the history of the model?"""
