"""The addresses of the customer's page: looking changes nothing, each act is a form."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from starter.page.door import PageDoor, PageParts


def page_routes(parts: PageParts) -> APIRouter:
    """Make the addresses of the page, for whoever has a link."""
    router, door = APIRouter(include_in_schema=False), PageDoor(parts)
    _look(router, door)
    _tell(router, door)
    return router


def _look(router: APIRouter, door: PageDoor) -> None:
    """Mail scanners and previews follow links, so nothing is said by looking."""

    @router.get("/r/page.css")
    async def style() -> Response:
        """Show the style of the page."""
        kept = {"Cache-Control": "public, max-age=3600"}
        return Response(door.writer.style_sheet, media_type="text/css", headers=kept)

    @router.get("/r/{token}")
    async def look(request: Request, token: str) -> Response:
        """Show the overview."""
        return await door.answered(request, lambda: door.overview(request, token))

    @router.get("/r/{token}/logo")
    async def logo(request: Request, token: str) -> Response:
        """Show the creditor's logo."""
        return await door.answered(request, lambda: door.logo(request, token))

    @router.get("/r/{token}/copy/{number}")
    async def copy(request: Request, token: str, number: str) -> Response:
        """Hand out the copy of an invoice."""
        return await door.answered(request, lambda: door.copy(request, token, number))

    @router.get("/r/{token}/{act}")
    async def ask(request: Request, token: str, act: str) -> Response:
        """Show the form of an act."""
        return await door.answered(request, lambda: door.ask(request, token, act))


def _tell(router: APIRouter, door: PageDoor) -> None:
    @router.post("/r/{token}")
    async def arrived(request: Request, token: str) -> Response:
        """Take in that the invoice has arrived."""
        return await door.answered(request, lambda: door.has_arrived(request, token))

    @router.post("/r/{token}/{act}")
    async def tell(request: Request, token: str, act: str) -> Response:
        """Take in what a customer sent."""
        return await door.told(request, token, act)
