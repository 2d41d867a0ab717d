"""Which products does a change affect, how badly, why, and who has to be asked?"""
