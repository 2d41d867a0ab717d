"""What is planned when, and who may see what?"""
