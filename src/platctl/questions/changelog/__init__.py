"""What changed in the plan?"""
