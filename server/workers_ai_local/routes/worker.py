"""A Worker of one's own: `POST /run` takes `{messages, stream: true}` and gives an event stream."""

from starlette.requests import Request
from starlette.routing import Route

from workers_ai_local.engine import ServedModel
from workers_ai_local.routes.running import Run
from workers_ai_local.routes.service import Service
from workers_ai_local.run_request import RunRequest, read_object, read_request


def routes(service: Service) -> list[Route]:
    """Return the route."""
    return [Route("/run", Run(service, read_flat))]


def read_flat(service: Service, _: Request, body: bytes) -> tuple[ServedModel, RunRequest]:
    """Read the input, with the model beside it or without: then it is the first that is served."""
    values = read_object(body)
    named = values.get("model")
    model = service.model(named) if isinstance(named, str) else service.engine.models[0]
    return model, read_request(model.id, values)
