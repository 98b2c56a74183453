// The sections for pooling targets, and for editing a custom collaboration.

import { CollaborationMaker } from "./collaboration-maker.js";
import { Pooling } from "./pooling.js";

/** @typedef {import("./sections.js").SectionContext} SectionContext */

export class PoolingSection {
  /** @param {HTMLElement} root @param {SectionContext} context */
  constructor(root, context) {
    this.context = context;
    this.pooling = new Pooling(root, {
      path: (code) => context.view.addresses.area(code),
      get: async (query, signal) => (await context.get(`/verevenen.json?${query}`, signal)).json(),
      // Moving a slider is one history entry, not one per person.
      set: (patch) => context.view.set(patch, "scrub"),
      names: context.ground.names,
      choose: (code) => context.view.set({ area: code, selected: null }),
    });
  }

  /** @param {number} at @param {Area} area */
  show(at, area) {
    this.pooling.show(this.context.view.state, area, this.context.figures, at);
  }
}

export class MakerSection {
  /** @param {HTMLElement} root @param {SectionContext} context */
  constructor(root, context) {
    this.context = context;
    this.shown = "";
    this.maker = new CollaborationMaker(root, context.ground);
  }

  /** @param {number} _ @param {Area} area */
  show(_, area) {
    const { codes } = this.context.figures;
    const members = area.members.map((who) => codes[who]);
    if (this.shown === String(members)) return;
    this.shown = String(members);
    this.maker.begin(members, area.code === "eigen" ? area.name : "");
  }
}
