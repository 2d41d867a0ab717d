"""Who must approve, act or be told?"""
