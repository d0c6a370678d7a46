"""A service that greets, and tells which versions it runs on."""

import os
import sys
from importlib.metadata import version

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Greeting(BaseModel):
    text: str
    times: int


@app.get("/greet/{name}")
def greet(name: str, times: int = 1) -> Greeting:
    return Greeting(text=f"Hello, {name}!", times=times)


@app.get("/about")
def about() -> dict[str, str]:
    return {
        "greeter": version("greeter"),
        "pydantic-core": version("pydantic-core"),
        "loop": "uvloop" if "uvloop" in sys.modules else "asyncio",
        "user": f"{os.getuid()}:{os.getgid()}",
        "home": os.path.expanduser("~"),
        "prefix": sys.prefix,
    }


def main() -> None:
    sys.exit(uvicorn.main(["greeter:app"]))
