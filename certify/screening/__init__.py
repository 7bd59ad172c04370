"""Due diligence: the lists, the comparison of names with them, the hits and what officers decide about them.

The machine only shows likenesses. It never clears and never condemns: that is an officer's verdict, with a reason.
"""
