/** Some instances that are rotated together, by one stack. */
export interface Batch {
  readonly stack: string;
  readonly instanceIds: readonly string[];
}

/** They are rotated in this order: a small one first, to see whether all is well. */
export const batches: readonly Batch[] = [
  { stack: "canary", instanceIds: ["crs-5a4py64p"] },
  { stack: "batch-1", instanceIds: ["crs-8hqn2v0k", "crs-m3xt7w1d"] },
  { stack: "batch-2", instanceIds: ["crs-q7c2w9ze", "crs-t4k8b1ny"] },
];

export const region = "ap-guangzhou";
