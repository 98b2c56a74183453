// The page of collaborations: the form for a custom one; the server writes the rest.

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
