"""Every block of the console in every state, made by the blocks themselves over rows that no table holds.

What a developer looks at, and what the tests of sizes, keyboard and contrast walk.
"""
