// The page of collaborations: a box to make one's own; the rest stands in the first HTML.

import { byId } from "../core/find.js";
import { CollaborationMaker } from "./area/collaboration-maker.js";

/**
 * @param {Context} context
 * @returns {Promise<StartedPage>}
 */
export async function start({ ground, view }) {
  const root = byId("maker");
  new CollaborationMaker(root, await ground);
  return {
    search: (code) => void (code && location.assign(view.link({ page: "area", area: code }))),
  };
}
