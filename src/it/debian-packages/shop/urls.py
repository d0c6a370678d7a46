import psycopg
from django.db import OperationalError, connection
from django.http import JsonResponse
from django.urls import path


def database(request):
    """Which libpq is loaded, and what it says of a server that is not there."""
    try:
        connection.ensure_connection()
    except OperationalError as refused:
        return JsonResponse({"wrapper": psycopg.pq.__impl__, "libpq": psycopg.pq.version() // 10000, "said": str(refused)})


urlpatterns = [path("database", database)]
