// Which municipality the pointer means: its card waits while the pointer goes to it, and stays while it is there.

/** Pause after which a pointer that was on its way to the card means what lies under it. */
const ON_ITS_WAY_MS = 200;
/** What a hand trembles, in CSS pixels. */
const TREMOR = 2;

/** @param {DOMRect} box @param {{clientX: number, clientY: number}} spot in CSS pixels */
const distance = ({ left, right, top, bottom }, { clientX: x, clientY: y }) =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));

export class Hover {
  /**
   * @param {HTMLElement} card
   * @param {(who: number | null, event?: PointerEvent, trailing?: "left" | "right") => void} point
   *   trailing: the side on which the card lies behind the pointer
   */
  constructor(card, point) {
    this.card = card;
    this.point = point;
    /** @type {number | null} */
    this.who = null;
    /** Distance to the card, and the place of the pointer, at its last move. */
    this.far = Infinity;
    this.x = NaN;
    /** @type {"left" | "right"} */
    this.trailing = "right";
    this.waiting = false;
    card.addEventListener("pointerenter", () => this.wait(null));
    card.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.over(null, event));
  }

  /** @param {number | null} who the municipality under the pointer, none over water @param {PointerEvent} event */
  over(who, event) {
    const far = this.distance(event);
    const nearer = far < this.far || (this.waiting && far <= this.far + TREMOR);
    this.far = far;
    const by = Number.isNaN(this.x) ? event.movementX : event.clientX - this.x;
    if (Math.abs(by) > TREMOR) {
      this.trailing = by > 0 ? "left" : "right";
      this.x = event.clientX;
    }
    this.wait(null);
    if (who === this.who) return;
    const go = () => {
      this.waiting = false;
      this.who = who;
      this.point(who, event, this.trailing);
      this.far = this.distance(event);
    };
    // Between a coast and the card beside it lies water.
    if (!this.card.hidden && (nearer || who === null)) this.wait(go);
    else go();
  }

  /** How far the pointer is from the card. @param {PointerEvent} event */
  distance(event) {
    return this.card.hidden ? Infinity : distance(this.card.getBoundingClientRect(), event);
  }

  /** @param {(() => void) | null} then what happens unless the pointer moves */
  wait(then) {
    clearTimeout(this.timer);
    this.waiting = then !== null;
    if (then) this.timer = setTimeout(then, ON_ITS_WAY_MS);
  }

  /** Forget where the pointer is: the map moved under it. */
  forget() {
    this.wait(null);
    this.who = null;
  }
}
