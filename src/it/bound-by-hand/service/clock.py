import sys

print("clock", *sys.argv[1:])
