// The tray on the map: areas selected for comparison, and the link to the comparison.

import { closest, find } from "../core/find.js";

/** Most areas that colours can distinguish; the same as in callbacks/state/view_state.py. */
const MOST = 8;

export class CompareTray {
  /**
   * @param {HTMLElement} root
   * @param {View} view
   * @param {Ground} ground
   * @param {Record<string, string>} kinds Dutch words for one of each kind of area
   */
  constructor(root, view, ground, kinds) {
    this.root = root;
    this.view = view;
    this.ground = ground;
    this.kinds = kinds;
    root.addEventListener("click", (event) => {
      const code = closest(event, "[data-drop]")?.dataset.drop;
      if (code) this.toggle(code);
    });
  }

  /** Add an area to the tray, or remove it. @param {string} code */
  toggle(code) {
    const { compared } = this.view.state;
    if (compared.includes(code)) this.view.set({ compared: compared.filter((other) => other !== code) });
    else if (compared.length < MOST) this.view.set({ compared: [...compared, code] });
    else this.announce(`Er passen ${MOST} gebieden naast elkaar; haal er eerst een weg.`);
  }

  show() {
    const { compared } = this.view.state;
    this.root.hidden = compared.length === 0;
    const list = find(this.root, "[data-list]");
    list.replaceChildren(
      ...compared.map((code) => {
        const item = document.createElement("li");
        const drop = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
        drop.dataset.drop = code;
        drop.setAttribute("aria-label", `Haal ${this.name(code)} uit de vergelijking`);
        item.append(this.name(code), drop);
        return item;
      }),
    );
    const go = find(this.root, "[data-go]", HTMLAnchorElement);
    go.href = this.view.link({ page: "compare", area: "NL", compared });
    go.textContent = compared.length === 1 ? "Vergelijk (kies er nog een)" : `Vergelijk ${compared.length}`;
    this.announce("");
  }

  /** @param {string} code */
  name(code) {
    const who = this.ground.codes.indexOf(code);
    if (who >= 0) return this.ground.names[who];
    if (code === "NL") return "Nederland";
    const area = this.ground.areas[code];
    return area ? `${area.name} (${this.kinds[area.kind]})` : this.view.state.name || "Eigen samenwerking";
  }

  /** @param {string} text */
  announce(text) {
    find(this.root, "[data-said]").textContent = text;
  }
}
