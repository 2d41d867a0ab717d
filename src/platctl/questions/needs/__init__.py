"""What does a product wait for, and when can it ship?"""
