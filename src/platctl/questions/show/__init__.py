"""What is this, and how does everything around it hang together?"""
