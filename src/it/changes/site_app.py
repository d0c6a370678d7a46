from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles


async def hello(request):
    return PlainTextResponse("hello")


app = Starlette(routes=[Route("/", hello), Mount("/static", StaticFiles(directory="static"))])
