import os

from acme_greet import greeting

print(greeting("Docker"), "from user", os.getuid())
try:
    open("/app/written", "w").close()
except OSError as refused:
    print(refused.strerror)
