from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.bundle import Bundle
from geo.coverage import rings
from geo.topology import build_topology, chain, from_topojson, to_topojson, with_borders
from tests.geo.country import country

SHAPES = {code: rings(shape) for code, shape in country().items()}
PROVINCES = {code: "PV28" if code < "GM0005" else "PV29" for code in SHAPES}


def test_neighbours_refer_to_the_same_arc() -> None:
    topology = build_topology(SHAPES)
    assert sorted(len(codes) for codes in topology.sides) == [1] * 7 + [2] * 7
    assert {codes for codes in topology.sides if len(codes) == 2} == {
        ("GM0001", "GM0002"), ("GM0001", "GM0003"), ("GM0002", "GM0004"), ("GM0003", "GM0004"),
        ("GM0003", "GM0005"), ("GM0004", "GM0006"), ("GM0005", "GM0006"),
    }  # fmt: skip


def test_rings_survive_the_round_trip_through_arcs() -> None:
    topology = build_topology(SHAPES)
    for code, shape in SHAPES.items():
        ((shell,),) = topology.shapes[code]
        assert set(topology.points(shell)) == set(shape[0][0])
        assert topology.points(shell)[0] == topology.points(shell)[-1]


def test_an_enclave_shares_its_whole_ring_with_the_hole_around_it() -> None:
    hole = ((3.0, 3.0), (3.0, 6.0), (6.0, 6.0), (6.0, 3.0), (3.0, 3.0))
    shell = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0))
    inner = (hole[2], hole[1], hole[0], hole[3], hole[2])
    topology = build_topology({"GM0001": [[shell, hole]], "GM0002": [[inner]]})
    assert len(topology.arcs) == 2
    assert topology.sides[1] == ("GM0001", "GM0002")


def test_topojson_round_trip() -> None:
    thread = ((140_000.0, 455_000.0), (142_000.0, 455_000.0))
    topology = with_borders(build_topology(SHAPES), PROVINCES, [("GM0007", thread)])
    text = to_topojson(topology, 100, dict.fromkeys(SHAPES, "Plaats"))
    assert from_topojson(text) == topology
    assert set(topology.borders) == {("PV28",), ("PV28", "PV29"), ("PV29",)}
    assert topology.line(topology.borders["PV29",][-1]) == thread


@given(st.permutations(range(6)), st.lists(st.booleans(), min_size=6, max_size=6))
def test_chaining_uses_every_line_once_whatever_their_order(order: list[int], turned: list[bool]) -> None:
    walk = [(float(i), float(i * i)) for i in range(7)]
    lines = [(walk[i], walk[i + 1])[:: -1 if turned[i] else 1] for i in order]
    (chained,) = chain(lines)
    assert chained in (tuple(walk), tuple(reversed(walk)))


def test_a_ring_is_chained_into_a_ring() -> None:
    a, b, c = (0.0, 0.0), (1.0, 0.0), (1.0, 1.0)
    (ring,) = chain([(a, b), (c, a), (b, c)])
    assert ring[0] == ring[-1]
    assert len(ring) == 4


def test_the_national_borders_are_few_and_long(bundle: Bundle) -> None:
    topology = bundle.overview
    arcs = [topology.line(n) for key, ns in topology.borders.items() if len(key) == 2 for n in ns]
    chained = chain(arcs)
    assert sum(len(line) - 1 for line in chained) == sum(len(arc) - 1 for arc in arcs)
    assert len(chained) < len(arcs) / 3
