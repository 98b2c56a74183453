"""The bare page: drawing, slider and thirty lines of script; a lower bound for this map."""

import json

from flask import Flask

from bench.rivals.figures import map_size, scene
from callbacks.web.compression import compress
from geo.drawing import national_drawing
from layouts import palette

_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Kaart</title><link rel="icon" href="data:,"><style>
body{{margin:0;font:16px system-ui,sans-serif}}
#map svg{{width:{width}px;height:{height}px;overflow:visible}}
.municipalities path{{stroke:#fff;stroke-width:.7px;vector-effect:non-scaling-stroke}}
.borders path{{fill:none;vector-effect:non-scaling-stroke}}
.province-borders{{stroke:#24313d;stroke-width:1.1px}}.outline{{stroke:#5d6b78;stroke-width:.8px}}
#slider{{width:{width}px}}
{colours}
</style></head><body>
<div id="map" class="map-canvas">{drawing}</div>
<input type="range" id="slider" min="0" max="{last}" value="{last}" aria-label="Stand op">
<script>
const classes = {classes}, tones = {tones};
const paths = document.querySelectorAll(".municipalities path");
const slider = document.getElementById("slider");
function paint() {{
  const now = classes[slider.valueAsNumber];
  paths.forEach((path, who) => path.setAttribute("class", `tone-${{tones[now[who]]}}`));
}}
slider.addEventListener("input", paint);
paint();
</script></body></html>"""


def create_server() -> Flask:
    """Create the server of one static page."""
    shown = scene()
    width, height = map_size()
    page = _PAGE.format(
        width=width,
        height=height,
        colours=palette.stylesheet(),
        drawing=national_drawing(shown.bundle),
        last=len(shown.stops) - 1,
        classes=json.dumps(["".join(map(str, row)) for row in shown.classes]),
        tones=json.dumps(shown.tones),
    )
    server = Flask(__name__)
    compress(server)

    @server.get("/")
    def bare() -> str:
        return page

    return server


server = create_server()
