/** How much is measured. */
export interface Scale {
  /** How often each thing is measured. */
  readonly runs: number;
  /** Numbers of resources. */
  readonly some: number;
  readonly many: number;
  readonly most: number;
  /** How long the tasks take whose end is to be noticed, in seconds. */
  readonly noticedTasksSeconds: readonly number[];
}

export const fullScale: Scale = {
  runs: 5,
  some: 50,
  many: 200,
  most: 1000,
  // Every phase between two questions about a task is as likely as another one.
  noticedTasksSeconds: [2.5, 2.6, 2.7, 2.8, 2.9, 3, 3.1, 3.2, 3.3, 3.4, 3.5],
};

/** To try the measurements themselves: the figures are compared with nothing. */
export const quickScale: Scale = { runs: 2, some: 5, many: 20, most: 60, noticedTasksSeconds: [2.75, 3.25] };
