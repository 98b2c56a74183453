// The sections of areas that may pool: evening out targets, and changing one's own collaboration.

import { Maker } from "./collaboration-maker.js";
import { Pooling } from "./pooling.js";

/** @typedef {import("./sections.js").Room} Room @typedef {import("../../core/areas.js").Area} Area */

export class PoolingSection {
  /** @param {HTMLElement} root @param {Room} room */
  constructor(root, room) {
    this.room = room;
    this.pooling = new Pooling(root, {
      path: (code) => room.view.addresses.area(code),
      get: async (query, signal) => (await room.get(`/verevenen.json?${query}`, signal)).json(),
      // A slider that moves is one step back, not one a person.
      set: (patch) => room.view.set(patch, "scrub"),
      names: room.ground.names,
      choose: (code) => room.view.set({ area: code, selected: null }),
    });
  }

  /** @param {number} at @param {Area} area */
  show(at, area) {
    this.pooling.show(this.room.view.state, area, this.room.figures, at);
  }
}

export class MakerSection {
  /** @param {HTMLElement} root @param {Room} room */
  constructor(root, room) {
    this.room = room;
    this.shown = "";
    this.maker = new Maker(root, room.ground);
  }

  /** @param {number} _ @param {Area} area */
  show(_, area) {
    const { codes } = this.room.figures;
    const members = area.members.map((who) => codes[who]);
    if (this.shown === String(members)) return;
    this.shown = String(members);
    this.maker.begin(members, area.code === "eigen" ? area.name : "");
  }
}
