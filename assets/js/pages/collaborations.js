// The page of collaborations: the form for a custom one; the server writes the rest.

import { byId } from "../core/find.js";
import { CollaborationMaker } from "./area/collaboration-maker.js";

/**
 * @param {Context} context
 * @returns {Promise<StartedPage>}
 */
export async function start({ ground }) {
  const root = byId("maker");
  new CollaborationMaker(root, await ground);
  return {};
}
