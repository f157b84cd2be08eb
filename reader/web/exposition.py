"""Numbers in Prometheus' text format, version 0.0.4."""

from reader.services.monitoring import Metric

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "teduh_"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def render_metrics(metrics: list[Metric]) -> str:
    """Return the metrics as text, each with its help and type."""
    return "".join(_render(metric) for metric in metrics)


def _render(metric: Metric) -> str:
    name = _PREFIX + metric.name
    lines = [f"# HELP {name} {metric.help}", f"# TYPE {name} {metric.kind}"]
    for suffix, labels, value in metric.samples:
        inside = ",".join(f'{label}="{text.translate(_ESCAPES)}"' for label, text in labels)
        lines.append(f"{name}{suffix}{{{inside}}} {value}" if inside else f"{name}{suffix} {value}")
    return "\n".join(lines) + "\n"
