"""Threat models as Tyr makes them, and larger than it ever would."""

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.threat_model import Boundary, DataFlow, Surface, ThreatModel


def small_model(scan_id: ScanId) -> ThreatModel:
    return ThreatModel(
        scan_id,
        "Shop with a public API.\nPayments are handed on to a provider.",
        (
            Surface("Health page", "Tells the version", "GET /health", risk="low"),
            Surface("Order search", "Free text query", "GET /orders", "shop/api/orders.py", 80,
                    "High, reachable by everybody"),
            Surface("Import", "Reads archives", file="shop/a b(1).py", risk="who knows"),
        ),
        (Boundary("Internet to API", "Unauthenticated callers", "internet", "api"),),
        (DataFlow("Card data", "Checkout", "browser", "payment provider", "PAN"),),
    )  # fmt: skip


def large_model(scan_id: ScanId, surfaces: int = 200) -> ThreatModel:
    risks = ("critical", "high", "medium", "low", "unclear")
    many = tuple(
        Surface(
            f"Surface number {number} with a name of some length",
            "What comes in here is handed on to the next part without being looked at.",
            f"POST /api/v1/things/{number}/parts",
            f"service/module_{number % 17}/handlers.py",
            number * 7 % 400 + 1,
            risks[number % len(risks)],
        )
        for number in range(surfaces)
    )
    small = small_model(scan_id)
    return ThreatModel(scan_id, small.summary, many, small.boundaries, small.flows)
