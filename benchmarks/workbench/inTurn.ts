export interface Job<Sample> {
  readonly what: string;
  readonly run: () => Promise<Sample>;
}

/** Runs all jobs once, then all of them again, and so on, so that a slow phase of the machine affects all of them. */
export async function inTurn<Sample>(runs: number, jobs: readonly Job<Sample>[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let run = 1; run <= runs; run++) {
    for (const { what, run: measure } of jobs) {
      const sample = await measure();
      console.log(`  ${run} of ${runs}: ${what}: ${JSON.stringify(sample)}`);
      samples.push(sample);
    }
  }
  return samples;
}
