/** Instances that are rotated together, in one stack. */
export interface Batch {
  readonly stack: string;
  readonly instanceIds: readonly string[];
}

/** The batches in the order of their rotation: a small one first, to notice a mistake early. */
export const batches: readonly Batch[] = [
  { stack: "canary", instanceIds: ["crs-5a4py64p"] },
  { stack: "batch-1", instanceIds: ["crs-8hqn2v0k", "crs-m3xt7w1d"] },
  { stack: "batch-2", instanceIds: ["crs-q7c2w9ze", "crs-t4k8b1ny"] },
];

export const region = "ap-guangzhou";
