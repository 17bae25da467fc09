"""The HTTP API: routes, and the one place where errors become problem details (RFC 9457)."""

from __future__ import annotations

import base64
import json
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import ServiceError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType, RequestValidationError
from aws_lambda_powertools.event_handler.openapi.models import APIKey, APIKeyIn, License, Tag
from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query
from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse, OpenAPIResponseContentModel, OpenAPIResponseContentSchema
from aws_lambda_powertools.utilities.typing import LambdaContext

from whereas.errors import InvalidRequestError, NotFoundError, TransientError
from whereas.settings import settings
from whereas.stages import answers, faults, parties, party_answers, query

logger = Logger(service="whereas")
tracer = Tracer(service="whereas")
# UTF-8 as it is: contracts are full of characters that JSON's escapes would make six bytes of.
app = APIGatewayHttpResolver(enable_validation=True, serializer=partial(json.dumps, separators=(",", ":"), ensure_ascii=False))

Limit = Annotated[int, Query(ge=1, le=100, description="Documents a page at most.")]
Cursor = Annotated[str | None, Query(description="What the page before gave; leave it out for the first page.")]
DocumentId = Annotated[str, Path(pattern="^[0-9a-f]{24}$", description="As in the record's document.document_id.")]
EntityType = Annotated[
    str | None, Query(alias="type", pattern="^[A-Z_]{1,40}$", description="A mention or role type, such as ORGANIZATION.")
]
CanonicalId = Annotated[str | None, Query(pattern="^[0-9a-f]{24}$", description="Instead of name: as in an entity or party.")]
Name = Annotated[str | None, Query(min_length=1, max_length=300)]
From = Annotated[date, Query(alias="from", description="First day, ISO 8601.")]
To = Annotated[date, Query(alias="to", description="Last day, included, ISO 8601.")]

DOCUMENTS, SEARCH, LINKS, UPLOADS = ["Documents"], ["Search"], ["Links"], ["Uploads"]
Responses = dict[int, OpenAPIResponse]
PROBLEM: dict[str, OpenAPIResponseContentSchema | OpenAPIResponseContentModel] = {"application/problem+json": {"model": answers.Problem}}
PICTURE: dict[str, OpenAPIResponseContentSchema | OpenAPIResponseContentModel] = {
    "image/png": {"schema": {"type": "string", "format": "binary"}}
}
BAD: Responses = {
    400: {"description": "The request is wrong", "content": PROBLEM},
    422: {"description": "A parameter is wrong", "content": PROBLEM},
}
UNKNOWN: Responses = {404: {"description": "No contract names this canonical entity", "content": PROBLEM}}
MISSING: Responses = {404: {"description": "There is no such document, or it has no results yet", "content": PROBLEM}}


def _ok(description: str, *, status: int = 200) -> Responses:
    return {status: {"description": description}}


@app.get("/documents", tags=DOCUMENTS, summary="List documents", responses=_ok("One page of documents") | BAD)
def documents(
    status: Annotated[answers.Status | None, Query(description="Of the latest version; leave it out for all.")] = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> answers.DocumentsAnswer:
    """Documents by the status of their latest version."""
    return query.documents(status=status, limit=limit, cursor=cursor)


@app.get("/documents/<document_id>", tags=DOCUMENTS, summary="Get a document", responses=_ok("The document") | BAD | MISSING)
def document(document_id: DocumentId) -> answers.DocumentAnswer:
    """The public record without contract and entities, and the state of the latest version."""
    return query.document(document_id)


@app.get("/documents/<document_id>/contract", tags=DOCUMENTS, summary="Get the contract facts", responses=_ok("The facts") | BAD | MISSING)
def contract(document_id: DocumentId) -> answers.ContractAnswer:
    """Title, parties, dates, term, renewal and governing law, each with its evidence."""
    return query.contract(document_id)


@app.get(
    "/documents/<document_id>/entities", tags=DOCUMENTS, summary="List a document's entities", responses=_ok("One page") | BAD | MISSING
)
def entities(
    document_id: DocumentId,
    entity_type: EntityType = None,
    layer: Annotated[Literal["mention", "role"] | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Entities a page at most.")] = 200,
    cursor: Cursor = None,
) -> answers.EntitiesAnswer:
    """Entities of one type or all, by type and then by start."""
    return query.entities(document_id, entity_type=entity_type, layer=layer, limit=limit, cursor=cursor)


@app.get("/documents/<document_id>/text", tags=DOCUMENTS, summary="Get the text with spans", responses=_ok("A part") | BAD | MISSING)
def text(
    document_id: DocumentId,
    start: Annotated[int, Query(ge=0, description="First code point.")] = 0,
    length: Annotated[int, Query(ge=1, le=200_000, description="Code points at most.")] = 100_000,
) -> answers.TextAnswer:
    """A part of the cleaned text and the entities that touch it; offsets count from the start of the whole text."""
    return query.text(document_id, start=start, length=length)


@app.get("/documents/<document_id>/pages", tags=DOCUMENTS, summary="List a document's pages", responses=_ok("All pages") | BAD | MISSING)
def pages(document_id: DocumentId) -> answers.PagesAnswer:
    """How each page was read, in which language, and whether a picture of it is kept."""
    return query.pages(document_id)


@app.get(
    "/documents/<document_id>/pages/<page>/image", tags=DOCUMENTS, summary="Get a page's picture",
    responses={200: {"description": "The picture", "content": PICTURE}} | BAD | MISSING,
)  # fmt: skip
def page_image(document_id: DocumentId, page: Annotated[int, Path(ge=1, description="Counted from 1.")]) -> Response[str]:
    """A small grey picture of a page, 90 dots an inch: a point of a box is 1.25 pixels."""
    # Powertools encodes bytes itself, but only after its validation has tried to make UTF-8 of them.
    picture = base64.b64encode(query.page_image(document_id, page)).decode()
    answer = Response(status_code=HTTPStatus.OK, content_type="image/png", body=picture)
    answer.base64_encoded = True
    return answer


@app.get("/entities", tags=SEARCH, summary="Documents naming an entity", responses=_ok("One page of documents") | BAD)
def by_entity(
    name: Name = None, canonical_id: CanonicalId = None, entity_type: EntityType = None, limit: Limit = 25, cursor: Cursor = None
) -> answers.DocumentsAnswer:
    """Documents that name a company, person, place or law, however it is spelled there."""
    return query.by_entity(name=name, canonical_id=canonical_id, entity_type=entity_type, limit=limit, cursor=cursor)


@app.get("/parties", tags=SEARCH, summary="Contracts by party", responses=_ok("One page of documents") | BAD)
def by_party(
    name: Name = None,
    canonical_id: CanonicalId = None,
    match: Annotated[Literal["words", "exact"], Query(description="All words of the name, or the exact party.")] = "words",
    limit: Limit = 25,
    cursor: Cursor = None,
) -> answers.DocumentsAnswer:
    """Contracts to which a company or person is a party."""
    return query.by_party(name=name, canonical_id=canonical_id, match=match, limit=limit, cursor=cursor)


@app.get("/parties/<canonical_id>", tags=SEARCH, summary="Contracts of a canonical entity", responses=_ok("One page") | BAD | UNKNOWN)
def party(
    canonical_id: Annotated[str, Path(pattern="^[0-9a-f]{24}$", description="As in an entity or party.")],
    limit: Limit = 25,
    cursor: Cursor = None,
) -> party_answers.PartyAnswer:
    """Contracts, roles and dates of a company or person, with those of all that people decided are the same."""
    return parties.party(canonical_id, limit=limit, cursor=cursor)


@app.get("/contracts/expiring", tags=SEARCH, summary="Contracts expiring in a window", responses=_ok("One page, by date") | BAD)
def expiring(first: From, last: To, limit: Limit = 25, cursor: Cursor = None) -> answers.DocumentsAnswer:
    """Contracts whose expiration date is in a window of ten years at most."""
    return query.expiring(first, last, limit=limit, cursor=cursor)


@app.get("/contracts/notice-deadlines", tags=SEARCH, summary="Notice deadlines in a window", responses=_ok("One page, by date") | BAD)
def notice_deadlines(first: From, last: To, limit: Limit = 25, cursor: Cursor = None) -> answers.DocumentsAnswer:
    """Contracts whose last day to refuse a renewal is in a window of ten years at most."""
    return query.notice_due(first, last, limit=limit, cursor=cursor)


@app.get("/models/<version>/documents", tags=SEARCH, summary="Documents by model version", responses=_ok("One page of documents") | BAD)
def by_model(
    version: Annotated[str, Path(min_length=1, max_length=100)], limit: Limit = 25, cursor: Cursor = None
) -> answers.DocumentsAnswer:
    """Documents whose current results were made by a model version."""
    return query.by_model(version, limit=limit, cursor=cursor)


@app.get("/links/candidates", tags=LINKS, summary="Candidates for a link", responses=_ok("Candidates, best first") | BAD | UNKNOWN)
def candidates(name: Name = None, canonical_id: CanonicalId = None, limit: Limit = 25) -> party_answers.CandidatesAnswer:
    """Parties of other contracts that may be the same company or person, with a score and a reason."""
    return parties.candidates(name=name, canonical_id=canonical_id, limit=limit)


@app.get("/links", tags=LINKS, summary="List decisions about links", responses=_ok("One page of decisions") | BAD)
def links(limit: Limit = 25, cursor: Cursor = None) -> party_answers.DecisionsAnswer:
    """What people decided, in the order in which they did."""
    return parties.decided(limit=limit, cursor=cursor)


@app.post(
    "/links", tags=LINKS, summary="Merge or split two canonical entities", status_code=201,
    responses=_ok("The decision that stands", status=201) | BAD | UNKNOWN,
)  # fmt: skip
def decide(decision: Annotated[party_answers.DecisionRequest, Body()]) -> party_answers.Decision:
    """Decide that two canonical entities are one, or that they are not; searches obey from then on."""
    return parties.decide(decision, who=_caller())


@app.post("/uploads", tags=UPLOADS, summary="Get an upload form", status_code=201, responses=_ok("The form", status=201) | BAD)
def uploads(upload: Annotated[answers.UploadRequest, Body()]) -> answers.UploadAnswer:
    """A form, good for 15 minutes, that uploads one file of the stated kind without credentials."""
    return query.upload(upload)


@app.get("/openapi.json", include_in_schema=False)
def openapi() -> Response[str]:
    """This API as an OpenAPI document."""
    return Response(status_code=HTTPStatus.OK, content_type="application/json", body=openapi_document())


def openapi_document() -> str:
    """Return the OpenAPI document as JSON."""
    return app.get_openapi_json_schema(
        title="Whereas",
        version=settings().pipeline_version,
        description="Contracts in, queryable entities out. Every value carries its evidence and lineage.",
        license_info=License(name="Apache-2.0"),
        tags=[Tag(name=tag) for (tag,) in (DOCUMENTS, SEARCH, LINKS, UPLOADS)],
        security_schemes={
            "sigv4": APIKey.model_validate(
                {
                    "name": "Authorization",
                    "in": APIKeyIn.header,
                    "description": "AWS Signature Version 4, service execute-api.",
                    "x-amazon-apigateway-authtype": "awsSigv4",
                }
            )
        },
        security=[{"sigv4": []}],
    )


def _caller() -> str:
    """Return who signed the request, as IAM names it; "local" where nobody signs."""
    authorizer = app.current_event.raw_event["requestContext"].get("authorizer") or {}
    return str((authorizer.get("iam") or {}).get("userArn") or "local")


def _problem(status: int, detail: str, *, errors: list[dict[str, Any]] | None = None, retry_after_s: int | None = None) -> Response[Any]:
    problem = answers.Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
    body = problem.model_dump_json(exclude_none=True)
    return Response(status_code=status, content_type="application/problem+json", body=body, headers=headers)


@app.exception_handler(RequestValidationError)
def wrong_parameters(error: RequestValidationError) -> Response[Any]:
    """Say which parameters are wrong and how; their values are not repeated."""
    errors = [{"where": [str(part) for part in one["loc"]], "problem": one["msg"]} for one in error.errors()]
    return _problem(422, "Some parameters are wrong; see errors.", errors=errors)


@app.exception_handler(RequestUnsupportedContentType)
def wrong_content_type(error: RequestUnsupportedContentType) -> Response[Any]:
    """Say that bodies are JSON."""
    return _problem(415, "Send the body as application/json.")


@app.exception_handler(InvalidRequestError)
def wrong_request(error: InvalidRequestError) -> Response[Any]:
    """Say what to change."""
    return _problem(400, str(error))


@app.exception_handler(NotFoundError)
def not_there(error: NotFoundError) -> Response[Any]:
    """Say what is not there."""
    return _problem(404, str(error))


@app.exception_handler(TransientError)
def not_now(error: TransientError) -> Response[Any]:
    """Ask to come again."""
    logger.warning("request failed for now: %s", error)
    return _problem(503, "The service is busy; try again.", retry_after_s=1)


@app.exception_handler(ServiceError)
def no_such_route(error: ServiceError) -> Response[Any]:
    """Say what Powertools found, such as that there is no route of that path."""
    return _problem(error.status_code, str(error.msg))


@app.exception_handler(Exception)
def broken(error: Exception) -> Response[Any]:
    """Log what failed and where, but no message that may quote what was stored; say nothing to the caller."""
    logger.error("request failed: %s", faults.describe(error))
    return _problem(500, "The request failed; see the query function's log.")


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one HTTP request."""
    return app.resolve(event, context)
