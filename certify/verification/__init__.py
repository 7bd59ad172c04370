"""Owns what anyone may ask without an account: is this certificate genuine, and who is certified?"""
