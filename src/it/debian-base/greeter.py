import sys

from fastapi import FastAPI

app = FastAPI()


@app.get("/greet/{name}")
def greet(name: str) -> dict[str, str]:
    return {"text": f"Hello, {name}!", "python": "{}.{}".format(*sys.version_info)}
