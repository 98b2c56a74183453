"""How fast the page is, measured beside a bare page and beside plotly's own maps: `make bench`."""
