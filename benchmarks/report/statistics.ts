/** Returns the median, or NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return mean(sorted.slice(Math.floor(middle), Math.ceil(middle) + 1));
}

/** Returns the mean, or NaN for no values. */
export const mean = (values: readonly number[]): number => sum(values) / values.length;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Returns the median of a value over the samples that have all of the properties. */
export function medianWhere<Sample extends object>(
  samples: readonly Sample[],
  properties: Partial<Sample>,
  value: (sample: Sample) => number,
): number {
  const wanted = Object.entries(properties) as [keyof Sample, unknown][];
  return median(samples.filter((sample) => wanted.every(([name, wants]) => sample[name] === wants)).map(value));
}
