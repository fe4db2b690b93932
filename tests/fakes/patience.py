"""How properties are tested on machines with much else to do: no limits in time but the suite's."""

from hypothesis import HealthCheck, settings

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
