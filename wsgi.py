"""The application for a WSGI server: `gunicorn wsgi:app`."""

from certify import create_app

app = create_app()
