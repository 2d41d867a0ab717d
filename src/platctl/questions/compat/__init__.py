"""Who works with which version, and until when?"""
