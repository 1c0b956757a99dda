/** The scale of a benchmark run. */
export interface Scale {
  /** The number of repetitions of each measurement. */
  readonly runs: number;
  /** Numbers of resources. */
  readonly some: number;
  readonly many: number;
  readonly most: number;
  /** The durations of the tasks in the measurement `noticing`. */
  readonly noticedTasksSeconds: readonly number[];
}

export const fullScale: Scale = {
  runs: 5,
  some: 50,
  many: 200,
  most: 1000,
  // Spread over the interval between two polls.
  noticedTasksSeconds: [2.5, 2.6, 2.7, 2.8, 2.9, 3, 3.1, 3.2, 3.3, 3.4, 3.5],
};

/** For trying out the measurements. The resulting figures are meaningless. */
export const quickScale: Scale = { runs: 2, some: 5, many: 20, most: 60, noticedTasksSeconds: [2.75, 3.25] };
