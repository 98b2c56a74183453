"""plotly's maps in Dash, as documented: GeoJSON in the figure, `Patch` on the slider."""

from typing import Any, Final

import plotly.graph_objects as go
from dash import Dash, Input, Output, Patch, dcc, html
from flask import Flask
from pyproj import Transformer
from shapely import set_precision
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.polygon import orient
from shapely.ops import transform

from bench.rivals.figures import Scene, map_size, scene
from callbacks.web.compression import compress

#: plotly's SVG map stays blank until a third party supplies a world; this one has no lines.
_EMPTY_WORLD: Final = {
    "type": "Topology",
    "arcs": [],
    "objects": {
        name: {"type": "GeometryCollection", "geometries": []}
        for name in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
    },
}


def geojson(shown: Scene) -> dict[str, Any]:
    """Return the municipalities in degrees (EPSG:4326), to five decimals: about a metre.

    Shells run clockwise, as plotly's drawing on a globe wants them.
    """
    to_degrees = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True).transform
    topology = shown.bundle.overview
    features = []
    for code in shown.bundle.codes:
        polygons = [[topology.points(ring) for ring in polygon] for polygon in topology.shapes[code]]
        shape = MultiPolygon([Polygon(shell, holes) for shell, *holes in polygons])
        degrees = set_precision(transform(to_degrees, shape), 1e-5, mode="pointwise")
        turned = MultiPolygon([orient(part, sign=-1.0) for part in degrees.geoms])
        features.append({"type": "Feature", "id": code, "properties": {}, "geometry": mapping(turned)})
    return {"type": "FeatureCollection", "features": features}


def colour_scale(fills: list[str]) -> list[list[float | str]]:
    """Return a scale with one colour per integer, for `zmin` -0.5 and `zmax` count - 0.5."""
    count = len(fills)
    return [[(number + end) / count, fill] for number, fill in enumerate(fills) for end in (0, 1)]


def create_server(kind: type[go.Choroplethmap] | type[go.Choropleth], **layout: Any) -> Flask:
    """Create the server of an application with one map and one slider.

    Parameters
    ----------
    kind : one of plotly's map types
    layout : layout that the figure needs for it
    """
    shown = scene()
    width, height = map_size()
    figure = go.Figure(
        kind(
            geojson=geojson(shown),
            locations=list(shown.bundle.codes),
            z=shown.classes[-1],
            zmin=-0.5,
            zmax=len(shown.tones) - 0.5,
            colorscale=colour_scale(shown.fills),
            showscale=False,
            marker={"line": {"color": "#fff", "width": 0.7}},
        ),
        layout={
            "width": width,
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uirevision": "kept",
            **layout,
        },
    )
    app = Dash(__name__, title="Kaart", update_title="", add_log_handler=False, serve_locally=True)
    app.layout = html.Div(
        [
            dcc.Graph(
                id="map",
                figure=figure,
                config={"displayModeBar": False, "showSendToCloud": False, "topojsonURL": "/world/"},
            ),
            dcc.Slider(
                id="stop", min=0, max=len(shown.stops) - 1, step=1, value=len(shown.stops) - 1, marks=None,
                updatemode="drag",
            ),
        ]
    )  # fmt: skip

    @app.callback(Output("map", "figure"), Input("stop", "value"), prevent_initial_call=True)
    def recolour(stop: int) -> Patch:
        patch = Patch()
        patch["data"][0]["z"] = shown.classes[stop]
        return patch

    server: Flask = app.server

    @server.get("/world/<name>.json")
    def world(name: str) -> dict[str, Any]:  # noqa: ARG001  one world suits all
        return _EMPTY_WORLD

    compress(server)
    return server


def choroplethmap() -> Flask:
    """Create the map that plotly recommends: WebGL, without tiles, so that nothing is fetched."""
    return create_server(go.Choroplethmap, map={"style": "white-bg", "center": {"lat": 52.2, "lon": 5.3}, "zoom": 6.3})


def choropleth() -> Flask:
    """Create the older SVG map, framed by its content."""
    return create_server(
        go.Choropleth, geo={"fitbounds": "locations", "visible": False, "projection": {"type": "mercator"}}
    )
