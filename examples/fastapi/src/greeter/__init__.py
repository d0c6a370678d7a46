"""A service that greets."""

from importlib.metadata import version

from fastapi import FastAPI

app = FastAPI(title="greeter", version=version("greeter"))


@app.get("/")
def greet(name: str = "World") -> dict[str, str]:
    return {"greeting": f"Hello, {name}!", "version": app.version}
