/** Jobs of the server: started, watched over their events, stopped. */

import { ask, askJson, askPicture, ApiError, events } from "./api.js";

/** @typedef {{id: string, url: string, width: number, height: number}} Result */

/** @param {Record<string, any>} request @param {AbortSignal} [signal] @returns {Promise<string>} */
export const startJob = async (request, signal) =>
  (await askJson("/jobs", { json: { kind: "stylize", ...request }, signal })).id;

/**
 * @param {string} id
 * @param {(told: any) => void} tell Called with what each event says.
 * @param {AbortSignal} [signal]
 * @returns {Promise<Result>}
 */
export async function watchJob(id, tell, signal) {
  for await (const { event, data } of events(`/jobs/${id}/events`, { signal })) {
    if (event === "failed") throw new ApiError(data.error ?? "The picture could not be made", 0);
    tell(data);
    if (event === "done" || event === "stopped") break;
  }
  const job = await askJson(`/jobs/${id}`, { signal });
  if (job.state === "failed") throw new ApiError(job.error ?? "The picture could not be made", 0);
  if (!job.result) throw new ApiError("The picture was stopped before there was anything to keep", 0);
  return job.result;
}

/** What is told of the job then. @param {string} id @returns {Promise<any>} */
export const stopJob = (id) => askJson(`/jobs/${id}/stop`, { method: "POST" });

/** @param {string} id */
export const cancelJob = (id) => ask(`/jobs/${id}`, { method: "DELETE" });

/** @param {string} id @param {AbortSignal} [signal] */
export const resultPicture = (id, signal) => askPicture(`/results/${id}?format=jpeg`, { signal });
