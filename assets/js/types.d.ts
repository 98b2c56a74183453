// Types that scripts share, and the JSON that the server writes. Only the type check reads this.

type Areas = import("./core/areas.js").Areas;
type Breadcrumbs = import("./core/breadcrumbs.js").Breadcrumbs;
type Bridge = import("./core/bridge.js").Bridge;
type Figures = import("./core/figures.js").Figures;
type VNode = import("./core/nodes.js").VNode;
type View = import("./core/view.js").View;
type ViewState = import("./core/view.js").ViewState;

/** Left, top, right, bottom, in drawing units. */
type Box = [number, number, number, number];

/** A class of a measure; a value on a break belongs above it, or below it where the measure says so. */
interface MeasureClass {
  key: string;
  label: string;
  note: string;
  lower: number | null;
  upper: number | null;
  tone: string;
}

interface Measure {
  key: string;
  label: string;
  meaning: string;
  unit: string;
  decimals: number;
  signed: boolean;
  below: boolean;
  /** Positions of the classes in the order of the legend: the worst first, no data last. */
  order: number[];
  /** Whether a higher value is better. */
  better: boolean;
  short: string;
  /** The classes after 0 to 6 months: `classes[by_months[months]]`; see `Figures.classesAt`. */
  classes: MeasureClass[][];
  by_months: number[];
}

/** What the HTML of a page carries for its scripts: `page_json` in callbacks/payload/snapshot.py. */
interface PageData {
  urls: Record<"area" | "areas" | "download" | "figures" | "ground" | "provinces" | "shapes", string>;
  state: ViewState;
  defaults: ViewState;
  /** Names in the URL of the parts of the state. */
  parameters: Record<string, string>;
  measures: Record<string, Measure>;
  /** Dutch words for the qualities of figures, and for kinds of area, by code. */
  qualities: Record<string, string>;
  /** Heads of columns, by term: `data.glossary`. */
  heads: Record<string, string>;
  kinds: Record<string, string>;
  plurals: Record<string, string>;
  /** What one may do with the country, and with any other area. */
  acts: { compare: string; visit: string };
  /** The rules that paths follow: `Addresses.for_browser` in callbacks/state/paths.py. */
  addresses: import("./core/paths.js").Rules;
  /** Module that starts the page, below this folder. */
  script: string;
  version: string;
  real: boolean;
}

/** Names and places of the municipalities, in the order of their codes: `ground` in callbacks/payload/snapshot.py. */
interface Ground {
  codes: string[];
  names: string[];
  provinces: string[];
  points: [number, number][];
  boxes: Box[];
  /** Where up, right, down and left lead. */
  travel: (number | null)[][];
  labels: MapLabel[];
  aliases: Record<string, string[]>;
  /** Which aliases are towns, and which municipalities that are no more; the others are other names. */
  towns: string[];
  former: string[];
  areas: Record<string, { name: string; kind: string; aliases: string[]; members: number[]; box?: Box }>;
}

/** A name on the map; a bar in its text separates lines, its scales are CSS pixels per drawing unit. */
interface MapLabel {
  text: string;
  x: number;
  y: number;
  kind: "country" | "water" | "province" | "town" | "municipality" | "tile" | "short";
  /** Where the text stands, seen from the point. */
  anchor: "middle" | "right" | "left" | "above" | "below" | "start" | "end";
  /** Shows from this scale up to, but not including, `to`. */
  from: number;
  to?: number;
}

/** The country as it is drawn, by borders or as tiles: `shape_json` in callbacks/payload/shapes.py. */
interface Shape {
  paths: string[];
  borders: string;
  outline: string;
  // Of tiles alone:
  boxes?: Box[];
  travel?: (number | null)[][];
  labels?: MapLabel[];
}

/** A reference date; `before` is the same moment one period earlier, `example` whether its figures are simulated. */
interface Moment {
  period: string;
  date: string;
  months: number;
  before: number | null;
  example: boolean;
}

/** The figures of all periods and municipalities: `compact_table` in data/export/browser.py. */
interface FiguresTable {
  codes: string[];
  statuses: string[];
  qualities: Record<string, string>;
  inhabitants: Record<string, (number | null)[]>;
  moments: (Omit<Moment, "example"> & {
    example?: boolean;
    realised: (number | null)[];
    status: string;
    net?: (number | null)[];
    opening?: (number | null)[];
    corrected?: (number | null)[];
    missed?: string;
    quality?: string;
  })[];
}

/** The sums of an area on one reference date: `AreaMoment` in data/analysis/area_series.py, with its rank. */
interface AreaMoment {
  net_target: number | null;
  opening_balance: number | null;
  corrected_target: number | null;
  realised: number | null;
  remaining: number | null;
  shortfall: number | null;
  share: number | null;
  needed_per_month: number | null;
  status: string;
  municipalities: number;
  lagging: number;
  inhabitants: number | null;
  qualities: Record<string, string>;
  published?: Record<string, number>;
  rank: number | null;
}

/** How a municipality stood at a test date: `AtTestDate` in data/analysis/supervision.py. */
interface AtTestDate {
  missed: number | null;
  missed_may_be_higher: boolean;
  colour: string | null;
  backlog: number | null;
  backlog_per_target: number | null;
  trend: string | null;
}

/** What the server writes of an area: `area_json` in callbacks/payload/area.py. */
interface AreaJson {
  code: string;
  name: string;
  kind: string;
  members: number[];
  box: Box;
  outline: string;
  /** The same in the cartogram. */
  tiles: { outline: string; box: Box };
  parents: { code: string; name: string }[];
  /** How many areas of its kind there are. */
  among: number;
  moments: AreaMoment[];
  /** Finding and more by measure, one per reference date; not in the areas of a kind. */
  headlines?: Record<string, [string, string][]> & { basis: string[] };
  // Of a municipality alone:
  neighbours?: number[];
  regions?: { code: string; name: string; kind: string }[];
  ranks?: Record<string, (number | null)[]>;
  ranked?: Record<string, number[]>;
  /** By year and the kind of area within which they are sought: position and distance. */
  peers?: Record<string, Record<string, [number, number][]>>;
  likeness?: Record<string, Record<string, string>>;
  supervision?: Record<string, AtTestDate>;
}

type Columns<Row> = { [Name in keyof Row]: Row[Name][] };

/** All areas of a kind: `kind_json` in callbacks/payload/area.py. */
interface KindJson {
  areas: Record<string, Omit<AreaJson, "outline" | "box" | "tiles" | "moments"> & { columns: Columns<AreaMoment> }>;
}

interface Area extends AreaJson {
  /** Its municipalities. */
  inside: Set<number>;
  /** Those in colour on its map: of a municipality also the neighbours. */
  scope: Set<number>;
}

/** What all parts of a page share. */
interface Context {
  page: PageData;
  view: View;
  bridge: Bridge;
  areas: Areas;
  breadcrumbs: Breadcrumbs;
  figures: Promise<Figures>;
  ground: Promise<Ground>;
  get: (url: string, signal?: AbortSignal) => Promise<Response>;
}

/** What sections of a page share, once the figures are there. */
type LoadedContext = Omit<Context, "figures" | "ground"> & { figures: Figures; ground: Ground };

/** Handlers of a page: of the search box, which opens the area by default, and of Dash's controls. */
interface StartedPage {
  search?: (code: string | null) => void;
  callbacks?: Record<string, Function>;
}

interface PageModule {
  start: (context: Context) => StartedPage | Promise<StartedPage>;
}

interface Window {
  /** Dash. */
  dash_clientside?: { landInBeeld?: Record<string, Function>; set_props?: (id: string, properties: object) => void };
  DashRenderer: new () => unknown;
}
