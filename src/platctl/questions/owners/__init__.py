"""Who has to agree, to act or to be told?"""
